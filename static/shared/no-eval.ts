/** zod would try to compile its schemas, which the platform's content security policy refuses and reports. Imported before any schema is made. */
import { config } from 'zod';

config({ jitless: true });
