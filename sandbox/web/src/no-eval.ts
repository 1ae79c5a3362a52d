/** Imported before any schema is made: the pages' content security policy allows no code from strings, and zod would try. */
import { z } from 'zod';

z.config({ jitless: true });
