import { contractCard, diffWords, type Card, type Contract, type Diff, type Result } from '@commonhold/core';
import { useMemo } from 'preact/hooks';
import { language } from '../../i18n/index.ts';

/** A contract that the house has read and found whole. */
export const asContract = (document: Record<string, unknown>): Contract => document as unknown as Contract;

/** The words of a contract in the reader's language; a no blocks joining. */
export const useCard = (contract: Contract | null): Result<Card> | null => useMemo(() => contract && contractCard(contract, language), [contract]);

/** What changes from one to another, in words. */
export const useDiff = (from: Contract, to: Contract): Result<Diff> => useMemo(() => diffWords(from, to, language), [from, to]);
