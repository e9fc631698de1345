import { testScreens } from './look.ts';

testScreens('read', 35);
