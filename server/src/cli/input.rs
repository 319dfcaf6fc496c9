//! Files and folders of the command line, and what is in them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::panic::AssertUnwindSafe;
use std::path::{Component, Path, PathBuf};

use gouji_analysis::{Document, Lang, Message};
use ignore::{DirEntry, WalkBuilder};

use super::args::Paths;
use super::encoding::{self, Encoding};
use super::output::print;
use super::progress::Progress;
use super::{Outcome, ordered};

/// What is looked at in a folder.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "txt", "html", "htm"];

/// What the user sees beside the results.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Show {
    pub(crate) lang: Lang,
    /// Whether a long run says how far it is.
    pub(crate) progress: bool,
}

/// Something to read.
#[derive(Debug)]
struct Input {
    /// As shown to the user: relative to the working folder, with forward slashes.
    name: String,
    origin: Origin,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// Standard input.
    Stdin,
    /// Named on the command line.
    Named(PathBuf),
    /// Found in a folder.
    Found(PathBuf),
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Source {
    /// As shown to the user.
    pub(crate) name: String,
    /// The file; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// Found in a folder: only of interest if it is a report.
    pub(crate) is_found: bool,
    /// How the file's text is encoded.
    pub(crate) encoding: Encoding,
    /// The text, without byte order mark, in blocks.
    pub(crate) doc: Document,
}

impl Source {
    /// The text, put together.
    pub(crate) fn text(&self) -> String {
        let mut text = String::with_capacity(self.doc.bytes());
        text.extend(self.doc.blocks().map(|it| &*it.data.text));
        text
    }
}

/// What comes of a file; `None` is nothing.
pub(crate) type Done<T> = Result<Option<T>, Message>;

/// Does `work` on every file that the arguments mean, on several processors, and hands what comes
/// of it to `print` in the order of names. What cannot be read is said on stderr in that order, too.
pub(crate) fn each<T: Send>(
    paths: &Paths,
    show: Show,
    work: impl Fn(&Source) -> Done<T> + Sync,
    print: impl FnMut(T) + Send,
) -> Outcome {
    let work = |sources: &[Source]| sources.iter().map(&work).collect();
    several(paths, show, 1, work, print)
}

/// The same with up to `several` files at once, if they are small. Where that panics, `work` is
/// done again on each of them alone: it must not matter how often.
pub(crate) fn several<T: Send>(
    paths: &Paths,
    show: Show,
    several: usize,
    work: impl Fn(&[Source]) -> Vec<Done<T>> + Sync,
    mut print: impl FnMut(T) + Send,
) -> Outcome {
    let (inputs, errors) = find(paths);
    let mut outcome = Outcome::Clean;
    for error in errors {
        outcome = print::error(&error, show.lang);
    }
    let mut progress = Progress::new(inputs.len(), show.lang, show.progress);
    let jobs = paths.jobs.or_else(|| std::thread::available_parallelism().ok());
    // A file of many reports is read by several threads itself. Fails where that is set already.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(1, usize::from)).build_global();
    let take = |results: Vec<_>| {
        for result in results {
            match result {
                Ok(Some(it)) => print(it),
                Ok(None) => {}
                Err(error) => outcome = print::error(&error, show.lang),
            }
            progress.step();
        }
    };
    let workers = jobs.map_or(1, usize::from);
    // Of few files each worker gets its share.
    let several = several.min(inputs.len().div_ceil(workers)).max(1);
    let inputs: Vec<_> = inputs.chunks(several).collect();
    ordered::each(&inputs, workers, |it| do_all(it, &work), take);
    outcome
}

/// The inputs that the arguments mean, sorted by name, each once; and what could not be read.
fn find(paths: &Paths) -> (Vec<Input>, Vec<Message>) {
    let here = std::env::current_dir().unwrap_or_default();
    let name = |path: &Path| name(path, &here);
    let mut errors = Vec::new();
    // A file that is both named and in a named folder counts as named.
    let mut found: BTreeMap<String, Origin> = BTreeMap::new();
    let mut add = |name: String, origin: Origin| {
        let origin = match found.remove(&name) {
            Some(other) => origin.min(other),
            None => origin,
        };
        found.insert(name, origin);
    };
    for path in &paths.given {
        if path.as_os_str() == "-" {
            add(paths.stdin_filename.clone(), Origin::Stdin);
        } else if path.is_dir() {
            for file in walk(path) {
                match file {
                    Ok(path) => add(name(&path), Origin::Found(path)),
                    Err(error) => errors.push(walk_error(path, &error, &name)),
                }
            }
        } else {
            add(name(path), Origin::Named(path.clone()));
        }
    }
    let input = |(name, origin)| Input { name, origin };
    (found.into_iter().map(input).collect(), errors)
}

/// Reads some inputs and does `work` on them.
fn do_all<T>(inputs: &[Input], work: &impl Fn(&[Source]) -> Vec<Done<T>>) -> Vec<Done<T>> {
    /// Bytes of text after which no more is read at once: it is all kept.
    const MOST: usize = 1 << 18;
    let mut all = Vec::with_capacity(inputs.len());
    let mut inputs = inputs.iter().peekable();
    let mut buffer = Vec::with_capacity(MOST);
    while inputs.peek().is_some() {
        let (mut sources, mut bytes) = (Vec::new(), 0);
        let mut are_read = Vec::new();
        while let Some(input) = inputs.next_if(|_| bytes < MOST) {
            let source = guarded(&input.name, || read(input, &mut buffer));
            are_read.push(source.map(|it| {
                bytes += it.as_ref().map_or(0, |it| it.doc.bytes());
                let last = sources.len();
                sources.extend(it);
                sources.len() > last
            }));
        }
        let mut done = do_guarded(&sources, work).into_iter();
        all.extend(are_read.into_iter().map(|it| match it {
            Ok(true) => done.next().unwrap_or(Ok(None)),
            Ok(false) => Ok(None),
            Err(error) => Err(error),
        }));
    }
    all
}

/// Does `work`. A panic over one source costs that one only.
fn do_guarded<T>(sources: &[Source], work: &impl Fn(&[Source]) -> Vec<Done<T>>) -> Vec<Done<T>> {
    if let [source] = sources {
        return vec![guarded(&source.name, || work(sources).pop().unwrap_or(Ok(None)))];
    }
    let done = std::panic::catch_unwind(AssertUnwindSafe(|| work(sources)));
    done.unwrap_or_else(|_| sources.chunks(1).flat_map(|it| do_guarded(it, work)).collect())
}

fn guarded<T>(name: &str, run: impl FnOnce() -> Done<T>) -> Done<T> {
    std::panic::catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|_| Err(Message::new("cli.internal").with("path", name)))
}

/// Reads an input by way of a buffer, which the one before has left in a cache. What is no text is
/// nothing in a folder.
fn read(input: &Input, bytes: &mut Vec<u8>) -> Done<Source> {
    bytes.clear();
    let (result, path) = match &input.origin {
        Origin::Stdin => (io::stdin().read_to_end(bytes), None),
        Origin::Named(path) | Origin::Found(path) => {
            // Of a file by itself the length would be asked first.
            let result = File::open(path).and_then(|it| it.take(u64::MAX).read_to_end(bytes));
            (result, Some(path.clone()))
        }
    };
    result.map_err(|it| unreadable(&input.name, &it))?;
    let is_found = matches!(input.origin, Origin::Found(_));
    let name = input.name.clone();
    let Some((text, encoding)) = encoding::decode(bytes) else {
        let error = Message::new("cli.binary").with("path", name);
        return if is_found { Ok(None) } else { Err(error) };
    };
    if u32::try_from(text.len()).is_err() {
        return Err(Message::new("cli.too-large").with("path", name));
    }
    let doc = Document::new(&text);
    Ok(Some(Source { name, path, is_found, encoding, doc }))
}

/// Says why a file could not be read or written.
pub(crate) fn unreadable(name: &str, error: &io::Error) -> Message {
    let message = match error.kind() {
        io::ErrorKind::NotFound => Message::new("cli.not-found"),
        io::ErrorKind::PermissionDenied => Message::new("cli.permission"),
        _ => Message::new("cli.unreadable").with("detail", error),
    };
    message.with("path", name)
}

/// The files in a folder that may be reports.
fn walk(folder: &Path) -> impl Iterator<Item = Result<PathBuf, ignore::Error>> {
    // `require_git`: an ignore list counts in folders that are not under git, too.
    let walk = WalkBuilder::new(folder).require_git(false).build();
    let is_file = |it: &DirEntry| it.file_type().is_some_and(|it| it.is_file());
    walk.filter_map(move |entry| match entry {
        Ok(it) => (is_file(&it) && has_extension(it.path())).then(|| Ok(it.into_path())),
        Err(error) => Some(Err(error)),
    })
}

fn walk_error(folder: &Path, error: &ignore::Error, name: &impl Fn(&Path) -> String) -> Message {
    let path = match error {
        ignore::Error::WithDepth { err, .. } => return walk_error(folder, err, name),
        ignore::Error::WithPath { path, .. } => path,
        _ => folder,
    };
    match error.io_error() {
        Some(error) => unreadable(&name(path), error),
        None => Message::new("cli.unreadable").with("path", name(path)).with("detail", error),
    }
}

fn has_extension(path: &Path) -> bool {
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|it| it.eq_ignore_ascii_case(extension))
}

/// A path as shown: relative to the working folder if it is in it.
fn name(path: &Path, here: &Path) -> String {
    let path = path.strip_prefix(here).unwrap_or(path);
    let parts = path.components().filter(|it| *it != Component::CurDir);
    let name = parts.collect::<PathBuf>().to_string_lossy().into_owned();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}
