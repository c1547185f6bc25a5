//! Popup or redirect?

use crate::protocol::config::FlowChoice;
use crate::protocol::error::{Error, ErrorCode};
use crate::protocol::text::{contains, pieces};
use crate::protocol::transaction::Flow;

/// What the page knows about where it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Surroundings<'a> {
    /// The first pointer is a finger.
    pub touch: bool,
    /// Installed as an app, without the browser around it.
    pub standalone: bool,
    /// The browser's name for itself. It decides what is convenient, never what is safe.
    pub user_agent: &'a str,
    /// Shown inside another page.
    pub frame: Frame,
}

/// Whose page is around this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frame {
    /// Nobody's: it has a tab or window to itself.
    #[default]
    Top,
    /// Only this origin's own.
    Own,
    /// Another origin's, or it is sandboxed: its storage and channels are not those of the callback page.
    Foreign,
}

/// Browsers inside other apps: where popups open nothing, or something that never comes back. (The words are what these
/// apps put into their user agents: Facebook, Instagram, Messenger, LINE, WeChat, TikTok, Snapchat, LinkedIn, Google,
/// X itself, Android's WebView, Electron.)
const IN_APP: &str = "FBAN|FBAV|FB_IAB|Instagram|Line/|MicroMessenger|musical_ly|BytedanceWebview|Snapchat|LinkedInApp|\
    GSA/|Twitter|; wv)|KAKAOTALK|Electron/";

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// How to go.
    pub flow: Flow,
    /// Where the browser blocks the popup, redirect instead.
    pub or_redirect: bool,
}

/// A popup, unless the host wants a redirect or popups are a poor idea here: on a touch-first device one is a tab that
/// covers the page, an installed app has no tabs, and in-app browsers open none at all.
///
/// # Errors
/// `embedded_unsupported`: in a frame of another origin, where no answer could arrive once X has cut the windows' tie; and
/// for a redirect in any frame, because X refuses to be framed.
pub fn choose(wish: FlowChoice, surroundings: Surroundings<'_>) -> Result<Choice, Error> {
    let Surroundings { touch, standalone, user_agent, frame } = surroundings;
    let embedded = Err(Error::new(ErrorCode::EmbeddedUnsupported));
    let popup = Choice { flow: Flow::Popup, or_redirect: false };
    match (frame, wish) {
        (Frame::Foreign, _) | (Frame::Own, FlowChoice::Redirect) => embedded,
        (Frame::Own, _) | (Frame::Top, FlowChoice::Popup) => Ok(popup),
        (Frame::Top, FlowChoice::Auto)
            if !touch && !standalone && !pieces(IN_APP, b'|').any(|word| contains(user_agent, word)) =>
        {
            Ok(Choice { or_redirect: true, ..popup })
        }
        (Frame::Top, _) => Ok(Choice { flow: Flow::Redirect, or_redirect: false }),
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Frame, Surroundings, choose};
    use crate::protocol::config::FlowChoice::{self, Auto, Popup, Redirect};
    use crate::protocol::error::ErrorCode;
    use crate::protocol::transaction::Flow;

    const DESKTOP: &str =
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

    fn chosen(wish: FlowChoice, surroundings: Surroundings<'_>) -> &'static str {
        match choose(wish, surroundings) {
            Ok(Choice { flow: Flow::Popup, or_redirect: true }) => "popup or redirect",
            Ok(Choice { flow: Flow::Popup, .. }) => "popup",
            Ok(_) => "redirect",
            Err(error) => {
                assert_eq!(error.code, ErrorCode::EmbeddedUnsupported);
                "embedded"
            }
        }
    }

    #[test]
    fn d3_d6_auto_is_a_popup_on_a_desktop_and_a_redirect_where_popups_are_a_poor_idea() {
        let desktop = Surroundings { user_agent: DESKTOP, ..Surroundings::default() };
        assert_eq!(chosen(Auto, desktop), "popup or redirect");
        for elsewhere in [
            Surroundings { touch: true, ..desktop },
            Surroundings { standalone: true, ..desktop },
            Surroundings { user_agent: "Mozilla/5.0 (iPhone) Mobile/15E148 Instagram 300.0", ..desktop },
            Surroundings { user_agent: "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) Chrome/140", ..desktop },
        ] {
            assert_eq!(chosen(Auto, elsewhere), "redirect", "{elsewhere:?}");
            assert_eq!(chosen(Popup, elsewhere), "popup", "opt in: {elsewhere:?}");
            assert_eq!(chosen(Redirect, elsewhere), "redirect");
        }
    }

    #[test]
    fn d6_d14_in_app_browsers_are_known_by_their_names() {
        for (user_agent, flow) in [
            ("", "popup or redirect"),
            ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "popup or redirect"),
            ("Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0", "popup or redirect"),
            ("Mozilla/5.0 (iPhone) Mobile/15E148 [FBAN/FBIOS;FBAV/450.0]", "redirect"),
            ("Mozilla/5.0 (iPhone) Safari/605.1 Line/13.0.0", "redirect"),
            ("Mozilla/5.0 (Windows NT 6.1) Chrome/100 MicroMessenger/7.0 WindowsWechat", "redirect"),
            ("Mozilla/5.0 (iPhone) Mobile/15E148 Twitter for iPhone/10.0", "redirect"),
            ("Mozilla/5.0 (X11) Chrome/140 Electron/30.0", "redirect"),
        ] {
            assert_eq!(chosen(Auto, Surroundings { user_agent, ..Surroundings::default() }), flow, "{user_agent}");
        }
    }

    #[test]
    fn c6_a_frame_of_another_origin_fails_at_once_and_one_of_our_own_uses_a_popup() {
        for touch in [false, true] {
            let foreign = Surroundings { frame: Frame::Foreign, touch, ..Surroundings::default() };
            let own = Surroundings { frame: Frame::Own, touch, ..Surroundings::default() };
            assert_eq!([Auto, Popup, Redirect].map(|wish| chosen(wish, foreign)), ["embedded"; 3]);
            assert_eq!([Auto, Popup, Redirect].map(|wish| chosen(wish, own)), ["popup", "popup", "embedded"]);
        }
    }
}
