export * from './common';
export * from './setup';
export * from './work';
