//! Signs that few lines have, searched for once in a text and not once a line.

/// Where a sign comes next in a text that is read from its start to its end.
#[derive(Debug)]
pub struct Ahead<'a> {
    text: &'a [u8],
    find: fn(&[u8]) -> Option<usize>,
    /// The first from the byte on that was asked for last.
    next: Option<usize>,
}

impl<'a> Ahead<'a> {
    /// The signs of a text that `find` finds, each from where the search starts.
    #[must_use]
    pub fn new(text: &'a str, find: fn(&[u8]) -> Option<usize>) -> Self {
        Self { text: text.as_bytes(), find, next: None }
    }

    /// The first sign from a byte on, which is not before that of the last call; the end of the
    /// text where none comes.
    pub fn next(&mut self, at: usize) -> usize {
        match self.next {
            Some(next) if next >= at => next,
            _ => {
                let next = (self.find)(&self.text[at..]).map_or(self.text.len(), |it| at + it);
                *self.next.insert(next)
            }
        }
    }
}
