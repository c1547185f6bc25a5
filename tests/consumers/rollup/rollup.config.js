import { nodeResolve } from '@rollup/plugin-node-resolve';
import { importMetaAssets } from '@web/rollup-plugin-import-meta-assets';

export default {
  input: ['src/main.js', 'src/callback.js'],
  output: { dir: 'dist/assets' },
  plugins: [nodeResolve(), importMetaAssets()],
};
