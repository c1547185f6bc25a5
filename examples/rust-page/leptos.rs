//! A page by Leptos that signs in with X.

mod settings;
mod sign_in;

use leptos::html::Span;
use leptos::prelude::*;
use settings::options;

#[component]
fn App() -> impl IntoView {
    let button = NodeRef::<Span>::new();
    let status = RwSignal::new(String::new());
    Effect::new(move || {
        if let Some(host) = button.get() {
            sign_in::draw(&host).expect("an empty element");
        }
    });
    // A text node, as what went wrong may hold a stranger's words.
    status.set(match sign_in::ended(&options()) {
        Ok(None) => String::new(),
        Ok(Some(finished)) => {
            finished.user.map_or("Signed in".into(), |user| format!("Signed in as @{}", user.username))
        }
        Err(error) => error.to_string(),
    });
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
