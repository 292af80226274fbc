import 'reflect-metadata';
import { serve } from './server/serve.js';

await serve(process.env);
