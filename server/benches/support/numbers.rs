//! The numbers of one report: they differ from report to report and agree with each other.

use gouji_analysis::schema::Table;

use super::random::Random;

/// Applicants in table 三, without their total.
const APPLICANTS: usize = 6;

/// Rows of table 三: two of what came in, 21 results, their total, what is left over.
const REQUESTS: usize = 25;

/// Where in table 三 the total of the results stands; what is left over follows.
const DONE: usize = REQUESTS - 2;

/// The row and column of the total that [`Numbers::spoil`] makes wrong: 予以公开, which no
/// sentence repeats.
const SPOILT: (usize, usize) = (2, APPLICANTS);

/// What the tables and sentences of a report say.
pub(crate) struct Numbers {
    /// 行政规范性文件: made, repealed, in force.
    pub(crate) normative: [u64; 3],
    pub(crate) license: u64,
    pub(crate) penalty: u64,
    pub(crate) coercion: u64,
    /// In units of 0.01 万元.
    pub(crate) fees: u64,
    /// Published items by class.
    pub(crate) published: [u64; 4],
    /// Explanations: in pictures, as video.
    pub(crate) explained: [u64; 2],
    requests: [[u64; APPLICANTS + 1]; REQUESTS],
    /// 行政复议, 未经复议直接起诉, 复议后起诉: four results each, and their total.
    litigation: [[u64; 5]; 3],
}

impl Numbers {
    pub(crate) fn new(random: &mut Random) -> Self {
        let made = random.below(30);
        let repealed = random.below(5);
        Self {
            normative: [made, repealed, made + random.below(60)],
            license: random.below(9000),
            penalty: random.below(900),
            coercion: random.below(90),
            fees: random.below(20_000),
            published: [(); 4].map(|()| 1 + random.below(200)),
            explained: [(); 2].map(|()| 1 + random.below(20)),
            requests: requests(random),
            litigation: [(); 3].map(|()| cases(random)),
        }
    }

    /// Makes one total of table 三 wrong by one.
    pub(crate) fn spoil(&mut self) {
        self.requests[SPOILT.0][SPOILT.1] += 1;
    }

    /// 总计 of new requests, of those carried in, of those done, of those carried out.
    pub(crate) fn totals(&self) -> [u64; 4] {
        [0, 1, DONE, DONE + 1].map(|row| self.requests[row][APPLICANTS])
    }

    /// 总计 of reviews, and of law suits of both kinds.
    pub(crate) fn cases(&self) -> [u64; 2] {
        let [review, direct, after] = self.litigation.map(|it| it[4]);
        [review, direct + after]
    }

    /// What a cell of a table of the form holds.
    pub(crate) fn cell(&self, table: &Table, part: usize, row: usize, column: usize) -> String {
        let number = match (&*table.id, &*table.parts[part].rows[row].key) {
            ("requests", _) => self.requests[row][column],
            ("litigation", _) => self.litigation[column / 5][column % 5],
            (_, "normative") => self.normative[column],
            (_, "license") => self.license,
            (_, "penalty") => self.penalty,
            (_, "coercion") => self.coercion,
            (_, "fees") => return format!("{}.{:02}", self.fees / 100, self.fees % 100),
            _ => 0,
        };
        number.to_string()
    }
}

/// Table 三: what came in is what was done and what is left over, for each applicant.
fn requests(random: &mut Random) -> [[u64; APPLICANTS + 1]; REQUESTS] {
    let mut rows = [[0; APPLICANTS + 1]; REQUESTS];
    for applicant in 0..APPLICANTS {
        for row in &mut rows[2..DONE] {
            // Most cells of real reports are 0.
            row[applicant] = if random.below(3) == 0 { random.below(40) } else { 0 };
        }
        let done = rows[2..DONE].iter().map(|it| it[applicant]).sum();
        let left = random.below(9);
        let carried = random.below(done + left + 1).min(20);
        rows[0][applicant] = done + left - carried;
        rows[1][applicant] = carried;
        rows[DONE][applicant] = done;
        rows[DONE + 1][applicant] = left;
    }
    for row in &mut rows {
        row[APPLICANTS] = row[..APPLICANTS].iter().sum();
    }
    rows
}

/// Four results, and their total.
fn cases(random: &mut Random) -> [u64; 5] {
    let mut cases = [0; 5].map(|_: u64| random.below(4));
    cases[4] = cases[..4].iter().sum();
    cases
}
