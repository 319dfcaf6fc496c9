//! Files and folders of the command line, and what is in them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::panic::AssertUnwindSafe;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use gouji_analysis::{Document, Message};
use ignore::WalkBuilder;

use super::args::Paths;
use super::encoding::{self, Encoding};

/// What is looked at in a folder.
const EXTENSIONS: [&str; 5] = ["md", "markdown", "txt", "html", "htm"];

/// Something to read.
#[derive(Debug)]
pub(crate) struct Input {
    /// As shown to the user: relative to the working folder, with forward slashes.
    pub(crate) name: String,
    origin: Origin,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    /// Standard input.
    Stdin,
    /// Named on the command line.
    Named(PathBuf),
    /// Found in a folder: only of interest if it looks like a report.
    Found(PathBuf),
}

/// What was read.
#[derive(Debug)]
pub(crate) struct Source {
    /// [`Input::name`]
    pub(crate) name: String,
    /// The file; `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// The text without byte order mark.
    pub(crate) text: String,
    /// How the file's text is encoded.
    pub(crate) encoding: Encoding,
    /// The text's blocks.
    pub(crate) doc: Document,
}

/// The inputs that the arguments mean, sorted by name, each once; and what could not be read.
pub(crate) fn find(paths: &Paths) -> (Vec<Input>, Vec<Message>) {
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
    for path in &paths.paths {
        if path.as_os_str() == "-" {
            add(paths.stdin_filename.clone(), Origin::Stdin);
        } else if path.is_dir() {
            walk(path, &mut |path| add(name(&path), Origin::Found(path)), &mut errors);
        } else {
            add(name(path), Origin::Named(path.clone()));
        }
    }
    let input = |(name, origin)| Input { name, origin };
    (found.into_iter().map(input).collect(), errors)
}

/// Does `work` on every input, on all processors; results in the order of the inputs. An
/// input found in a folder that is no report gives nothing.
pub(crate) fn each<T: Send>(
    inputs: &[Input],
    work: impl Fn(&Source) -> Result<T, Message> + Sync,
) -> Vec<Result<T, Message>> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(inputs.len()));
    let worker = || {
        while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
            if let Some(result) = guarded(input, &work) {
                let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                done.push((&input.name, result));
            }
        }
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(inputs.len());
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(worker);
        }
        worker();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|it| it.0);
    done.into_iter().map(|it| it.1).collect()
}

/// A panic over one file costs that file only.
fn guarded<T>(
    input: &Input,
    work: &impl Fn(&Source) -> Result<T, Message>,
) -> Option<Result<T, Message>> {
    let run = || match read(input) {
        Ok(source) => source.map(|it| work(&it)),
        Err(error) => Some(Err(error)),
    };
    std::panic::catch_unwind(AssertUnwindSafe(run))
        .unwrap_or_else(|_| Some(Err(Message::new("cli.internal").with("path", &input.name))))
}

fn read(input: &Input) -> Result<Option<Source>, Message> {
    let (bytes, path) = match &input.origin {
        Origin::Stdin => {
            let mut bytes = Vec::new();
            (io::stdin().read_to_end(&mut bytes).map(|_| bytes), None)
        }
        Origin::Named(path) | Origin::Found(path) => (fs::read(path), Some(path.clone())),
    };
    let bytes = bytes.map_err(|it| unreadable(&input.name, &it))?;
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
    if is_found && !gouji_analysis::is_report(&doc) {
        return Ok(None);
    }
    Ok(Some(Source { name, path, text, encoding, doc }))
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

fn walk(folder: &Path, add: &mut dyn FnMut(PathBuf), errors: &mut Vec<Message>) {
    // `require_git`: an ignore list counts in folders that are not under git, too.
    let walk = WalkBuilder::new(folder).require_git(false).build();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|it| it.is_file()) => {
                if has_extension(entry.path()) {
                    add(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => errors.push(walk_error(folder, &error)),
        }
    }
}

fn walk_error(folder: &Path, error: &ignore::Error) -> Message {
    let path = match error {
        ignore::Error::WithDepth { err, .. } => return walk_error(folder, err),
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
fn name(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let parts = path.components().filter(|it| *it != Component::CurDir);
    let name = parts.collect::<PathBuf>().to_string_lossy().into_owned();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}
