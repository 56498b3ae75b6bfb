//! Who may read a file that is made.

/// Who may read a file, as far as the system knows users.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Its owner: it holds a patient's words. The group and others read it only where the umask lets them write too,
    /// which nobody has by chance.
    Owner,
    /// Whoever the umask lets.
    Anybody,
}

#[cfg(unix)]
impl Readers {
    /// What a file is made with, before the umask.
    pub(super) fn mode(self) -> u32 {
        match self {
            Readers::Owner => private(umask()),
            Readers::Anybody => 0o666,
        }
    }
}

#[cfg(unix)]
fn private(umask: u32) -> u32 {
    let let_write = [0o060, 0o006].into_iter().filter(|class| umask & class & 0o222 == 0);
    let_write.fold(0o600, |mode, class| mode | class)
}

/// The process's umask. It can be read only by setting it: once, to one that lets nobody do more than before.
#[cfg(unix)]
fn umask() -> u32 {
    use rustix::fs::Mode;
    use rustix::process::umask;
    use std::sync::OnceLock;
    static UMASK: OnceLock<u32> = OnceLock::new();
    *UMASK.get_or_init(|| {
        let own = umask(Mode::from_raw_mode(0o077));
        umask(own);
        own.as_raw_mode()
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::private;

    #[test]
    fn others_read_only_where_the_umask_was_set_wide_on_purpose() {
        for (umask, mode) in
            [(0o022, 0o600), (0o077, 0o600), (0o027, 0o600), (0o002, 0o660), (0o007, 0o660), (0o000, 0o666)]
        {
            assert_eq!(private(umask), mode, "{umask:o}");
        }
    }
}
