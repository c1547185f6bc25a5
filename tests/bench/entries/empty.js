// A button that does nothing, and no library: what a page costs by itself.
bench.ready({});
