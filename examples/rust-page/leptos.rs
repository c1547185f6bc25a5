//! A page by Leptos that signs in with X.

mod sign_in;

use leptos::html::Span;
use leptos::prelude::*;
use sign_in_with_x::protocol::config::Options;

/// Against the simulator; leave `authorize` out for X itself.
fn options() -> Options<'static> {
    Options {
        client_id: "dlZBT3dseGJ1cHRpN3h6bmxxbXE6MTpjaQ",
        redirect_uri: "http://127.0.0.1:3000/auth/x/callback",
        authorize: "http://localhost:4001/i/oauth2/authorize",
        ..Options::default()
    }
}

#[component]
fn App() -> impl IntoView {
    let button = NodeRef::<Span>::new();
    let status = RwSignal::new(String::new());
    Effect::new(move || {
        if let Some(host) = button.get() {
            sign_in::draw(&host);
        }
    });
    match sign_in::ended(&options()) {
        Some(Ok(finished)) => status.set(match finished.user {
            Some(user) => format!("Signed in as @{}", user.username),
            None => "Signed in".into(),
        }),
        Some(Err(error)) => status.set(error.to_string()),
        None => {}
    }
    let press = move |_| {
        if let Err(error) = sign_in::begin(&options()) {
            status.set(error.to_string());
        }
    };
    view! {
        <span node_ref=button on:click=press></span>
        <p role="status">{status}</p>
    }
}

fn main() {
    mount_to_body(App);
}
