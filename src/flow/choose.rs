//! Popup or redirect?

use crate::protocol::config::FlowChoice;
use crate::protocol::transaction::Flow;

/// What the page knows about the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The first pointer is a finger.
    pub touch: bool,
}

/// A popup, unless the host wants a redirect or the device is touch-first: there a popup is a tab that covers the page,
/// and in-app browsers open none at all.
pub const fn choose(wish: FlowChoice, surroundings: Surroundings) -> Flow {
    match wish {
        FlowChoice::Popup => Flow::Popup,
        FlowChoice::Redirect => Flow::Redirect,
        FlowChoice::Auto if surroundings.touch => Flow::Redirect,
        FlowChoice::Auto => Flow::Popup,
    }
}

#[cfg(test)]
mod tests {
    use super::{Surroundings, choose};
    use crate::protocol::config::FlowChoice::{Auto, Popup, Redirect};
    use crate::protocol::transaction::Flow;

    #[test]
    fn d6_touch_first_devices_get_a_redirect() {
        for (wish, touch, flow) in [
            (Auto, false, Flow::Popup),
            (Auto, true, Flow::Redirect),
            (Popup, true, Flow::Popup),
            (Redirect, false, Flow::Redirect),
        ] {
            assert_eq!(choose(wish, Surroundings { touch }), flow, "{wish:?} {touch}");
        }
    }
}
