//! That an edit costs the same in a long document as in a short one, held by counts and by
//! ratios within one run, which do not depend on the machine's mood. `cargo bench -- --test`
//! runs them: they need a release build, since debug builds parse in full after each edit.

mod support;

use std::time::{Duration, Instant};

use allocation_counter::AllocationInfo;
use support::reports::{Size, report};
use support::session::{Action, Pair, Session};

/// How much more an edit of a long document may allocate: room for lists of reports and leaves,
/// which are a hundredth of its lines, and for a look at where the next report begins.
const MOST_ALLOCATIONS: f64 = 3.0;

/// How much longer an edit of a document 700 times as long may take: room for cold caches.
const MOST_TIME: f64 = 5.0;

/// The quickest of so many edits: what the machine does beside is not in it.
const EDITS: usize = 200;

/// No more edits begin after so long: what is too slow is known by then.
const LONGEST: Duration = Duration::from_secs(2);

/// What an edit allocates: the same in every run, on every machine.
fn allocations(size: Size, action: Action) -> AllocationInfo {
    let text = size.document();
    let Pair { edit, undo } = action.in_the_middle_of(&text);
    let mut session = Session::open(&text);
    // The first edit may still fill what later ones share.
    session.edit(&edit);
    session.edit(&undo);
    allocation_counter::measure(|| {
        session.edit(&edit);
    })
}

#[test]
#[cfg_attr(debug_assertions, ignore = "debug builds parse in full after each edit")]
fn an_edit_allocates_as_much_in_a_long_document_as_in_a_short_one() {
    for action in Action::ALL {
        let [short, long] = [Size::Real, Size::TenThousand].map(|size| allocations(size, action));
        for (what, short, long) in [
            ("allocations", short.count_total, long.count_total),
            ("bytes", short.bytes_total, long.bytes_total),
        ] {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
            let ratio = long as f64 / short as f64;
            eprintln!("{}: {short} {what} become {long}", action.name());
            assert!(ratio <= MOST_ALLOCATIONS, "{}: {ratio:.1} × {what}", action.name());
        }
    }
}

/// The least time that each action took, in the order of [`Action::ALL`].
fn quickest(size: Size) -> [Duration; Action::ALL.len()] {
    let text = size.document();
    let mut session = Session::open(&text);
    Action::ALL.map(|action| {
        let Pair { edit, undo } = action.in_the_middle_of(&text);
        let mut time = || {
            let start = Instant::now();
            session.edit(&edit);
            let took = start.elapsed();
            session.edit(&undo);
            took
        };
        let begun = Instant::now();
        let times = (0..EDITS).map_while(|_| (begun.elapsed() < LONGEST).then(&mut time));
        times.min().expect("some edits")
    })
}

/// Walking the document without allocating is seen here.
#[test]
#[cfg_attr(debug_assertions, ignore = "debug builds parse in full after each edit")]
fn an_edit_takes_as_long_in_a_long_document_as_in_a_short_one() {
    let [short, long] = [Size::Real, Size::HundredThousand].map(quickest);
    for (action, (short, long)) in Action::ALL.iter().zip(short.iter().zip(long)) {
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        eprintln!("{}: {short:?} become {long:?}", action.name());
        assert!(ratio <= MOST_TIME, "{}: {ratio:.1} × the time", action.name());
    }
}

#[test]
fn reports_have_the_length_of_real_ones_and_one_in_fifty_a_broken_sum() {
    for index in 0..100 {
        let text = report(index);
        let lines = text.lines().count();
        assert!((135..150).contains(&lines), "{lines} lines");
        let session = Session::open(&text);
        let codes: Vec<_> = session.checked().findings().iter().map(|it| it.code).collect();
        let expected: &[_] = if index % 50 == 3 { &["R301", "R305", "R302"] } else { &[] };
        assert_eq!(codes, expected, "{index}\n{text}");
    }
}

#[test]
fn a_compendium_is_read_as_the_reports_that_it_holds() {
    let session = Session::open(&Size::Thousand.document());
    assert_eq!(session.checked().parts().count(), 7);
    assert_eq!(session.checked().findings().len(), 3);
}

#[test]
fn every_action_changes_the_text_and_is_taken_back() {
    let text = Size::Thousand.document();
    for action in Action::ALL {
        let Pair { edit, undo } = action.in_the_middle_of(&text);
        let mut edited = text.clone();
        edited.replace_range(edit.range, &edit.text);
        assert_ne!(edited, text, "{}", action.name());
        edited.replace_range(undo.range, &undo.text);
        assert_eq!(edited, text, "{}", action.name());
    }
}
