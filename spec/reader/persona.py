"""Sets of statements of one persona, written from spec/identity.md, "Verifying a set of statements"."""
import copy
import math

from encoding import Refused
from identity import advance, begin, check_entitled, check_signatures, check_signed, check_statement, persona_id, statement_hash

WEEK = 7 * 24 * 60 * 60 * 1000


class Node:
    def __init__(self, hash, signed, state, parent, seen):
        self.hash, self.signed, self.state, self.parent, self.seen = hash, signed, state, parent, seen
        self.children, self.statement = [], signed["statement"]
        self.type, self.height = self.statement["type"], state["height"]
        self.by = self.statement.get("by")
        self.by_recovery = parent is None or self.by == parent.state["recoveryKey"]

    def above(self):
        """Everything that is built on this statement."""
        found = list(self.children)
        for node in found:
            found.extend(node.children)
        return found

    def put_out(self, key):
        """When it was first seen that recovery puts `key` out here or further up."""
        return min((n.seen for n in [self, *self.above()] if n.puts_out(key)), default=math.inf)

    def puts_out(self, key):
        if not self.by_recovery:
            return False
        return self.type == "retire" or (self.type == "rotate-recovery" and self.by == key) \
            or (self.type == "revoke-device" and self.statement["device"] == key)


def place_of(statement):
    return 0 if statement["type"] == "inception" else statement["height"]


def collect(persona, statements):
    """Steps 1 and 2: the good statements by hash, and what is refused."""
    good, bad, malformed = {}, {}, set()
    for signed in statements:
        try:
            check_signed(signed)
            check_statement(signed["statement"])
        except Refused as refused:
            malformed.add(refused.code)
            continue
        statement = signed["statement"]
        name = statement_hash(statement)
        try:
            first = statement["type"] == "inception"
            if (persona_id(statement) if first else statement["persona"]) != persona:
                raise Refused("wrong_persona")
            keys = [statement["recoveryKey"], statement["deviceKey"]] if first else [statement["by"]]
            check_signatures("commonhold/statement/1", signed, keys)
            good[name] = min(good.get(name, signed), signed, key=lambda one: ",".join(one["signatures"]))
        except Refused as refused:
            at = place_of(statement)
            bad[name] = min(bad.get(name, (refused.code, at)), (refused.code, at))
    losers = [loser(None, None, code) for code in malformed]
    losers += [loser(name, at, code) for name, (code, at) in bad.items() if name not in good]
    return good, losers


def loser(name, height, code):
    return {"hash": name, "height": height, "code": code}


def grow(good, seen):
    """Step 3: the tree of the statements that are right where they stand."""
    nodes, losers = {}, []
    for name, signed in sorted(good.items(), key=lambda item: (place_of(item[1]["statement"]), item[0])):
        try:
            nodes[name] = node = place(nodes, name, signed, seen(name))
            if node.parent:
                node.parent.children.append(node)
        except Refused as refused:
            losers.append(loser(name, place_of(signed["statement"]), refused.code))
    return next(iter(nodes.values()), None), losers


def place(nodes, name, signed, seen):
    statement = signed["statement"]
    if statement["type"] == "inception":
        return Node(name, signed, begin(signed), None, seen)
    parent = nodes.get(statement["prev"])
    if parent is None:
        raise Refused("prev_unknown")
    state = copy.deepcopy(parent.state)
    check_entitled(state, statement)
    advance(state, statement)
    if statement["type"] == "revert-home" and seen >= parent.seen + WEEK:
        raise Refused("revert_late")
    return Node(name, signed, state, parent, seen)


def first_seen(nodes):
    return min(nodes, key=lambda node: (node.seen, node.hash), default=None)


def decide(parent):
    """Step 4: the child that goes on, and the code of each other."""
    recovery = [node for node in parent.children if node.by_recovery]
    devices = [node for node in parent.children if not node.by_recovery]
    key = parent.state["recoveryKey"]
    limit = min((node.put_out(key) for node in devices), default=math.inf)
    standing = [node for node in recovery if node.seen < limit]
    if standing:
        first = min(node.put_out(key) for node in standing)
        winner = first_seen([node for node in standing if node.seen < first or node.put_out(key) == first])
        return winner, {node: "fork_equivocation" if node.by_recovery else "fork_recovery" for node in parent.children if node is not winner}
    standing = [node for node in devices if all(other is node or node.seen < other.put_out(node.by) for other in devices)]
    pool = [node for node in standing if node.type == "revert-home"] or standing

    def age(node):
        return parent.state["devices"][node.by]["addedAt"]

    winner = min(pool, key=lambda node: (age(node), node.hash)) if pool else first_seen(devices)
    codes = {}
    for node in parent.children:
        if node is winner:
            continue
        if node not in standing:
            codes[node] = "fork_put_out"
        elif node not in pool:
            codes[node] = "fork_reverted"
        else:
            codes[node] = "fork_lower_hash" if age(node) == age(winner) else "fork_older_device"
    return winner, codes


def settle(chain, now):
    """Step 5: how far the chain has effect, and the move that the rest waits for."""
    settled = max(i for i, node in enumerate(chain) if node.by_recovery)
    for i in range(settled + 1, len(chain)):
        node, after = chain[i], chain[i + 1:]
        is_move = node.type == "set-home" and node.state["homeBefore"] is not None
        if is_move and now < node.seen + WEEK and not (after and after[0].type == "revert-home"):
            return chain[:i + 1], {
                "statement": node.hash, "house": node.statement["house"], "from": node.state["homeBefore"]["house"],
                "until": node.seen + WEEK, "waiting": [n.hash for n in after],
            }
    return chain, None


def verify(persona, statements, seen_at, now):
    """What a set of statements is worth: state, chain, pending, alarms, losers; or Refused."""
    good, losers = collect(persona, statements)
    root, refused = grow(good, lambda name: seen_at.get(name, now))
    losers += refused
    if root is None:
        raise Refused("no_inception")
    chain, alarms = [root], []
    while chain[-1].children:
        winner, codes = decide(chain[-1])
        against = sorted(node.hash for node, code in codes.items() if code == "fork_equivocation")
        if against:
            alarms.append({"kind": "equivocation", "height": winner.height, "pinned": winner.hash, "against": against})
        for node, code in codes.items():
            losers.append(loser(node.hash, node.height, code))
            losers += [loser(n.hash, n.height, "fork_branch") for n in node.above()]
        chain.append(winner)
    effective, pending = settle(chain, now)
    losers.sort(key=lambda one: (math.inf if one["height"] is None else one["height"], one["hash"] or "", one["code"]))
    return {"state": effective[-1].state, "chain": [node.hash for node in effective], "pending": pending, "alarms": alarms, "losers": losers}
