//! What edits and opening cost inside the program, without the protocol.

mod support;

use std::time::{Duration, Instant};

use criterion::Criterion;
use support::reports::Size;
use support::session::{Action, Pair, Session};

fn main() {
    let once = std::env::args().any(|it| it == "--test");
    let sizes: &[Size] = if once { &Size::SMALL } else { &Size::ALL };
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    for size in sizes {
        let text = size.document();
        open(&mut criterion, *size, &text);
        for action in Action::ALL {
            edit(&mut criterion, *size, &text, action);
        }
    }
    criterion.final_summary();
}

fn open(criterion: &mut Criterion, size: Size, text: &str) {
    let id = format!("open/{}", size.name());
    criterion.bench_function(&id, |bencher| bencher.iter(|| Session::open(text)));
}

/// Times an edit and takes it back outside the time, so that the document stays as it is.
fn edit(criterion: &mut Criterion, size: Size, text: &str, action: Action) {
    let Pair { edit, undo } = action.in_the_middle_of(text);
    let mut session = Session::open(text);
    let id = format!("{}/{}", action.name(), size.name());
    criterion.bench_function(&id, |bencher| {
        bencher.iter_custom(|times| {
            let mut took = Duration::ZERO;
            for _ in 0..times {
                let start = Instant::now();
                session.edit(&edit);
                took += start.elapsed();
                session.edit(&undo);
            }
            took
        });
    });
}
