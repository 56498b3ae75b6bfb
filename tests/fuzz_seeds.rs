//! The seeds of the fuzz targets, and what fuzzing found, through the functions that the targets run.

#[path = "../fuzz/readers.rs"]
mod readers;

use std::fs;
use std::path::Path;

type Target = fn(&[u8]);

#[test]
fn every_seed_is_answered() {
    let targets: [(&str, Target); 4] = [
        ("roster", readers::roster),
        ("request", readers::request),
        ("front_matter", readers::front_matter),
        ("markdown", readers::markdown),
    ];
    for (name, read) in targets {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
        let seeds: Vec<_> =
            fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
        assert!(seeds.len() >= 3, "{name} has few seeds");
        for seed in seeds {
            let data = fs::read(&seed).expect("a seed");
            read(&data);
            // Cut anywhere, it is answered as well.
            (0..data.len()).step_by(1 + data.len() / 64).for_each(|end| read(&data[..end]));
        }
    }
}
