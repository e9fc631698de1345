import { testScreens } from './look.ts';

testScreens('act', 25);
