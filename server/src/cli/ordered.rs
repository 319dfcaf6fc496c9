//! Work on several processors whose results come in order.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Items that may be in work or wait to be printed, for each worker. Enough that none waits
/// for one slow item, few enough that memory does not grow with the number of items.
const WINDOW: usize = 4;

/// Does `work` on every item with so many `workers`, this thread among them, and hands the
/// results to `print` in the order of the items, each as soon as all before it were.
pub(crate) fn each<I: Sync, T: Send>(
    items: &[I],
    workers: usize,
    work: impl Fn(&I) -> T + Sync,
    print: impl FnMut(T) + Send,
) {
    let workers = workers.min(items.len());
    let queue = Queue { next: 0, printed: 0, done: VecDeque::new(), print };
    let (queue, room) = (Mutex::new(queue), Condvar::new());
    let worker = || {
        let mut held = unpoisoned(queue.lock());
        loop {
            let is_full = |it: &mut Queue<_, _>| {
                it.next < items.len() && it.next - it.printed >= WINDOW * workers
            };
            held = unpoisoned(room.wait_while(held, is_full));
            let index = held.next;
            let Some(item) = items.get(index) else { return };
            held.next += 1;
            drop(held);
            let result = work(item);
            held = unpoisoned(queue.lock());
            let was_full = is_full(&mut held);
            held.put(index, result);
            // To wake nobody would take a call of the system, too.
            if was_full {
                room.notify_all();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(worker);
        }
        worker();
    });
}

/// What the workers share. Whoever finishes the item that the others wait for prints: that
/// takes no thread of its own, and nobody has to be woken for it.
struct Queue<T, P> {
    /// The item to take next.
    next: usize,
    /// Items printed: all before this one.
    printed: usize,
    /// Results from there on, where they are known.
    done: VecDeque<Option<T>>,
    print: P,
}

impl<T, P: FnMut(T)> Queue<T, P> {
    fn put(&mut self, index: usize, result: T) {
        let at = index - self.printed;
        if at >= self.done.len() {
            self.done.resize_with(at + 1, || None);
        }
        self.done[at] = Some(result);
        while let Some(result) = self.done.front_mut().and_then(Option::take) {
            self.done.pop_front();
            self.printed += 1;
            (self.print)(result);
        }
    }
}

/// A panic elsewhere ends the program once the others have ended; it breaks nothing here.
fn unpoisoned<'a, T>(
    guard: Result<MutexGuard<'a, T>, PoisonError<MutexGuard<'a, T>>>,
) -> MutexGuard<'a, T> {
    guard.unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Takes longer for some than for others, differently each time.
    fn dawdle(item: usize) {
        if item.is_multiple_of(7) {
            (0..100).for_each(|_| std::thread::yield_now());
        }
    }

    #[test]
    fn results_come_in_order_whatever_the_number_of_workers() {
        let items: Vec<usize> = (0..500).collect();
        for workers in [1, 2, 3, 16] {
            let mut seen = Vec::new();
            let work = |it: &usize| {
                dawdle(*it);
                it * 2
            };
            each(&items, workers, work, |it| seen.push(it));
            assert!(seen.iter().copied().eq((0..500).map(|it| it * 2)), "{workers}");
        }
    }

    #[test]
    fn what_is_in_work_or_waits_is_bounded() {
        let items: Vec<usize> = (0..500).collect();
        for workers in [1, 2, 3, 16] {
            let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |it: &usize| {
                most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                dawdle(*it);
            };
            each(&items, workers, work, |()| {
                held.fetch_sub(1, Ordering::SeqCst);
            });
            // What is being printed has made room.
            let most = most.into_inner();
            assert!(most <= WINDOW * workers + 1, "{workers} workers held {most}");
        }
    }

    #[test]
    fn a_slow_item_holds_the_others_up_only_at_the_end_of_the_window() {
        let items: Vec<usize> = (0..100).collect();
        let begun = AtomicUsize::new(0);
        let work = |it: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            // The first waits until no more can be begun without it.
            while *it == 0 && begun.load(Ordering::SeqCst) < 2 * WINDOW {
                std::thread::yield_now();
            }
            (*it == 0).then(|| begun.load(Ordering::SeqCst))
        };
        let mut at_first = None;
        each(&items, 2, work, |it| at_first = at_first.or(it));
        assert_eq!(at_first, Some(2 * WINDOW));
    }

    #[test]
    fn nothing_to_do_is_nothing_done() {
        each(&[], 4, |(): &()| (), |()| unreachable!());
    }
}
