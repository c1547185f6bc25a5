/** The folder above is not looked through for other projects. */
export default { turbopack: { root: import.meta.dirname } };
