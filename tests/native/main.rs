//! Native tests

#[cfg(feature = "server")]
mod server;
