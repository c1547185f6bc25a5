//! axum, with reqwest to ask X: the crate's own backend half, no JavaScript.
//!
//! ```sh
//! cargo run --example axum --features server
//! ```
//!
//! This file mounts it. `sign_in.rs` is what a Rust host has to bring: sockets to X, a store, a clock, randomness. The steps
//! of a sign-in are the crate's `Conversation`.

#[cfg(not(target_arch = "wasm32"))]
mod sign_in;

#[cfg(not(target_arch = "wasm32"))]
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use std::net::SocketAddr;

    use axum::extract::{ConnectInfo, Request};
    use axum::response::Html;
    use axum::routing::{any, get};
    use sign_in::SignIn;

    // Behind a proxy every socket is the proxy's: name the header that it writes, and takes away from what comes in.
    let client_header = std::env::var("CLIENT_HEADER").ok().filter(|name| !name.is_empty());
    let sign_in = SignIn::new(&options(), client_header)?;
    let answer = move |ConnectInfo(address): ConnectInfo<SocketAddr>, request: Request| async move {
        sign_in.answer(request, address.ip()).await
    };
    let app = axum::Router::new()
        .route("/auth/x/{*route}", any(answer))
        .route("/", get(Html("<!doctype html><title>Welcome</title><a href=\"/auth/x/start\">Sign in with X</a>")));

    let port = std::env::var("PORT").map_or(Ok(3000), |text| text.parse())?;
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("http://{}", listener.local_addr()?);
    Ok(axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>()).await?)
}

/// From the environment, by the names of `examples/README.md`.
#[cfg(not(target_arch = "wasm32"))]
fn options() -> sign_in_with_x::server::ServerOptions {
    use sign_in_with_x::protocol::secret::Secret;
    use sign_in_with_x::server::{OAuth1Options, ServerOptions};

    let given = |name| std::env::var(name).unwrap_or_default();
    let (origin, simulator) = (given("ORIGIN"), given("SIMULATOR"));
    let simulated = |path| if simulator.is_empty() { String::new() } else { format!("{simulator}{path}") };
    ServerOptions {
        client_id: given("X_CLIENT_ID"),
        client_secret: Secret::new(given("X_CLIENT_SECRET")),
        redirect_uris: vec![format!("{origin}/auth/x/callback")],
        origin,
        secrets: vec![Secret::new(given("SECRET"))],
        oauth1: OAuth1Options {
            consumer_key: given("X_API_KEY"),
            consumer_secret: Secret::new(given("X_API_KEY_SECRET")),
            endpoint: simulated(""),
            ..OAuth1Options::default()
        },
        authorize_endpoint: simulated("/i/oauth2/authorize"),
        token_endpoint: simulated("/2/oauth2/token"),
        revoke_endpoint: simulated("/2/oauth2/revoke"),
        user_endpoint: simulated("/2/users/me"),
        ..ServerOptions::default()
    }
}

/// The linter looks at every example for WebAssembly as well, where there are no sockets.
#[cfg(target_arch = "wasm32")]
fn main() {}
