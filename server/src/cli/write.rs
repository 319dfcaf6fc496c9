//! Writing files: replaced in one step or not at all, never overwritten by chance.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use tempfile::Builder;

/// Replaces a file's content. `old` is what must be there now; otherwise, as when somebody else
/// has changed the file in the meantime, nothing happens and `false` comes back.
pub(crate) fn replace(path: &Path, old: &[u8], new: &[u8]) -> io::Result<bool> {
    // Renaming onto a link would replace the link.
    let path = path.canonicalize()?;
    let permissions = fs::metadata(&path)?.permissions();
    if permissions.readonly() {
        // A rename would succeed, but the file's owner said no.
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    let mut file = Builder::new().prefix(".gouji-").tempfile_in(folder)?;
    file.write_all(new)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    if fs::read(&path)? != old {
        return Ok(false);
    }
    file.persist(&path)?;
    Ok(true)
}

/// Writes a file that must not exist yet.
pub(crate) fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a report is worse than none; what stopped the writing is the error to tell.
        let _ = fs::remove_file(path);
    }
    written
}
