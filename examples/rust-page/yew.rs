//! A page by Yew that signs in with X.

mod settings;
mod sign_in;

use settings::options;
use web_sys::Element;
use yew::prelude::*;

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
            let host = button.cast::<Element>().expect("the element below");
            sign_in::draw(&host).expect("an empty element");
            status.set(match sign_in::ended(&options()) {
                Ok(None) => String::new(),
                Ok(Some(finished)) => {
                    finished.user.map_or("Signed in".into(), |user| format!("Signed in as @{}", user.username))
                }
                Err(error) => error.to_string(),
            });
        }
    });
    // The status is a text node, as what went wrong may hold a stranger's words.
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
