"""Recovery words (BIP39, English), written from spec/identity.md alone."""
import hashlib
import hmac
import pathlib
import unicodedata

from encoding import Refused

WORDS = (pathlib.Path(__file__).parent.parent / "words-english.txt").read_text().split()


def words_of(entropy):
    """24 words: 256 bits of entropy, 8 bits of their SHA-256, 11 bits a word."""
    bits = "".join(f"{b:08b}" for b in entropy + hashlib.sha256(entropy).digest()[:1])
    return [WORDS[int(bits[i:i + 11], 2)] for i in range(0, 264, 11)]


def entropy_of(text):
    words = unicodedata.normalize("NFKD", text).lower().split()
    if len(words) != 24:
        raise Refused("words_count")
    if any(word not in WORDS for word in words):
        raise Refused("word_unknown")
    bits = "".join(f"{WORDS.index(word):011b}" for word in words)
    entropy = int(bits[:256], 2).to_bytes(32, "big")
    if words_of(entropy) != words:
        raise Refused("words_checksum")
    return entropy


def recovery_seed(entropy):
    """HKDF-SHA256 (RFC 5869), no salt, info commonhold/recovery/1, 32 bytes."""
    key = hmac.new(bytes(32), entropy, hashlib.sha256).digest()
    return hmac.new(key, b"commonhold/recovery/1\x01", hashlib.sha256).digest()
