//! Small sets of variables.

/// Variables that a system may have. The official table 三 has 193.
pub(super) const MOST: usize = 64 * WORDS;

const WORDS: usize = 8;

/// A set of numbers below [`MOST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Bits([u64; WORDS]);

impl Bits {
    pub(super) fn insert(&mut self, it: usize) {
        self.0[it / 64] |= 1 << (it % 64);
    }

    pub(super) fn contains(&self, it: usize) -> bool {
        self.0[it / 64] >> (it % 64) & 1 == 1
    }

    pub(super) fn count(&self) -> u32 {
        self.0.iter().map(|it| it.count_ones()).sum()
    }

    pub(super) fn is_apart(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|it| it.0 & it.1 == 0)
    }

    pub(super) fn without(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|it| *it.0 &= !it.1);
        self
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|it| *it.0 &= it.1);
        self
    }

    pub(super) fn with(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|it| *it.0 |= it.1);
        self
    }

    /// Its numbers, smallest first.
    pub(super) fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(index, mut word)| {
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(64 * index + bit)
            })
        })
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(all: I) -> Self {
        let mut bits = Self::default();
        all.into_iter().for_each(|it| bits.insert(it));
        bits
    }
}
