/**
 * Puts the program and its packages together, for reading them one by one takes longer than many a command. What is an
 * entry here can be imported from `dist/`; the database, which is native, stays a package of its own.
 */
export default {
  input: Object.fromEntries(
    ['bin/settle', 'commands/run', 'verify/verify', 'verify/part-thread'].map((name) => [name, `src/${name}.ts`]),
  ),
  platform: 'node',
  external: ['@duckdb/node-bindings'],
  resolve: { extensionAlias: { '.js': ['.ts', '.js'] } },
  output: { dir: 'dist', entryFileNames: '[name].js', chunkFileNames: 'shared/[name].js' },
};
