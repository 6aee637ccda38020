import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { iconSprite } from "./src/alongside/web/assets/icons.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Fixed names: Django's manifest storage adds the hashes.
export default defineConfig({
  publicDir: here("src/alongside/web/assets/public"),
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [here("node_modules")],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
  plugins: [
    iconSprite({
      packageFolder: here("src/alongside"),
      iconFolder: here("node_modules/bootstrap-icons/icons"),
    }),
  ],
  build: {
    outDir: here("src/alongside/web/static/web/dist"),
    emptyOutDir: true,
    target: ["chrome87", "firefox78", "safari14"],
    modulePreload: false,
    reportCompressedSize: true,
    rollupOptions: {
      input: [here("src/alongside/web/assets/app.js"), here("src/alongside/web/assets/scss/app.scss")],
      output: { entryFileNames: "app.js", assetFileNames: "app[extname]" },
    },
  },
});
