//! A page by Yew that signs in with X.

mod sign_in;

use sign_in_with_x::protocol::config::Options;
use web_sys::Element;
use yew::prelude::*;

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
fn App() -> Html {
    let button = use_node_ref();
    let status = use_state(String::new);
    let onclick = {
        let status = status.clone();
        Callback::from(move |_: MouseEvent| {
            if let Err(error) = sign_in::begin(&options()) {
                status.set(error.to_string());
            }
        })
    };
    use_effect_with(button.clone(), {
        let status = status.clone();
        move |button| {
            if let Some(host) = button.cast::<Element>() {
                sign_in::draw(&host);
            }
            match sign_in::ended(&options()) {
                Some(Ok(finished)) => status.set(match finished.user {
                    Some(user) => format!("Signed in as @{}", user.username),
                    None => "Signed in".into(),
                }),
                Some(Err(error)) => status.set(error.to_string()),
                None => {}
            }
        }
    });
    html! {
        <>
            <span ref={button} {onclick} />
            <p role="status">{ &*status }</p>
        </>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
