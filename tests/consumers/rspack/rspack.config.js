export default {
  mode: 'production',
  entry: { main: './src/main.js', callback: './src/callback.js' },
  output: { path: `${import.meta.dirname}/dist/assets` },
};
