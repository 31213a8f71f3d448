import { openedBy } from '../../opened/opened.js';
import { OPENED } from './packet/opened-packet.js';
import { verifySlice } from './verify/slice/verify-slice.js';

/** What the page of a packet brings along for a browser: the verification, and what shows the rows. */
Reflect.set(globalThis, 'openedPacket', openedBy({ ...OPENED, verifySlice }));
