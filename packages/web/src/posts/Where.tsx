import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PostItem } from '@commonhold/sdk';
import { now } from '../state/clock.ts';
import { filteredIn } from '../state/filters.ts';
import type { Filtered, FilterPlace } from '../words/filters.ts';
import type { Where } from './reason.ts';

/** The list that posts stand in: says why they are there, and which filters hold. */
export const InList = createContext<Where | null>(null);

const PLACES: { readonly [list in Where['list']]?: FilterPlace } = { home: 'home', house: 'house', list: 'lists', tag: 'house', search: 'house', person: 'profiles', thread: 'threads' };

/** The filter that a post meets in a list. What was bookmarked was chosen: nothing filters it. */
export const filteredBy = (item: PostItem, where: Where | null): Filtered | null => where ? filteredIn(item, PLACES[where.list], now.value) : null;

/** The filter that a post meets where it stands. */
export const useFiltered = (item: PostItem): Filtered | null => filteredBy(item, useContext(InList));
