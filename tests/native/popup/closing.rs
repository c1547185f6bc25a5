//! `closed` is a hint (C4): what it takes until it counts.

use sign_in_with_x::flow::popup::{GRACE_MS, TIED_AFTER_MS, TIED_GRACE_MS};

use super::{Handed, Opened, Step, TIMEOUT, look, right, says, waits};

/// The person is in the popup; X has cut the tie already.
const AWAY: Step = look(true, false, 500);

#[test]
fn c4_closed_is_only_a_hint() {
    // X's pages cut the tie: `closed` at once, while the person types their password over there.
    waits(&[Opened(true), look(true, false, 100), look(true, false, 60_000), look(true, false, TIMEOUT - 1)]);
    says(&[look(true, false, 100), look(true, false, 60_000), right(60_001)], &[(2, "ok c")]);
    // A focused page and an open window: the person looks something up.
    waits(&[Opened(true), look(false, true, 100), look(false, true, TIMEOUT - 1)]);
}

#[test]
fn c4_back_here_and_staying_means_closed() {
    says(&[AWAY, look(true, true, 1000), look(true, true, 1000 + GRACE_MS)], &[(2, "cancelled+")]);
    waits(&[AWAY, look(true, true, 1000), look(true, true, 999 + GRACE_MS)]);
    // One look proves nothing, however late it comes.
    waits(&[AWAY, look(true, true, 100_000)]);
    // Whoever never left this page has closed nothing: the popup is on its way, or opened behind.
    waits(&[Opened(true), look(true, true, 1000), look(true, true, TIMEOUT - 1)]);
}

#[test]
fn c4_going_back_and_forth_begins_the_grace_again() {
    for between in [look(true, false, 2500), look(false, true, 2500), look(false, false, 2500)] {
        let steps = |last| [AWAY, look(true, true, 1000), between, look(true, true, 2900), look(true, true, last)];
        waits(&steps(2899 + GRACE_MS));
        says(&steps(2900 + GRACE_MS), &[(4, "cancelled+")]);
    }
}

#[test]
fn c4_a_success_within_the_grace_counts_and_so_does_one_after_it() {
    says(&[AWAY, look(true, true, 1000), right(999 + GRACE_MS)], &[(2, "ok c")]);
    says(&[AWAY, look(true, true, 1000), look(true, true, 9000), right(9001)], &[(2, "cancelled+"), (3, "ok c")]);
    let no = Handed("?error=access_denied&state={S}", 1001);
    says(&[AWAY, look(true, true, 1000), no, look(true, true, 9000)], &[(2, "cancelled")]);
}

/// A window that is open for as long as X takes to load is one whose tie nobody cuts: its `closed` is true.
#[test]
fn c4_a_window_that_stays_tied_is_believed_sooner() {
    let grace = |open_at, closed_at| {
        let steps =
            move |last| [look(false, false, open_at), look(true, true, closed_at), look(true, true, closed_at + last)];
        waits(&steps(TIED_GRACE_MS - 1));
        steps
    };
    let tied = grace(TIED_AFTER_MS, 20_000);
    says(&tied(TIED_GRACE_MS), &[(2, "cancelled+")]);
    // Open while X was still loading says nothing yet.
    let early = grace(TIED_AFTER_MS - 1, 20_000);
    waits(&early(GRACE_MS - 1));
    says(&early(GRACE_MS), &[(2, "cancelled+")]);
    // Once tied, a window that is closed at a later moment too.
    let again =
        [look(false, false, TIED_AFTER_MS), look(true, false, 9000), look(true, true, 9500), look(true, true, 10_500)];
    says(&again, &[(3, "cancelled+")]);
    // Also one that never took the keyboard from this page.
    let behind = [look(false, true, TIED_AFTER_MS), look(true, true, 9000), look(true, true, 10_000)];
    says(&behind, &[(2, "cancelled+")]);
}
