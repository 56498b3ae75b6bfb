# Short names for what one types often. `just` lists them.

default:
    @just --list

# The whole suite, as CI runs it
check:
    bash check

# The tests that need no other programs
test *args:
    cargo test {{args}}

# Format the code
fmt:
    cargo fmt

# Make every example, as PDF and HTML, into out/
examples:
    for file in examples/*.yaml; do cargo run -q --release -- render "$file" -o out/ --format pdf,html; done

# Take new snapshots after a look at what changed
snapshots:
    INSTA_UPDATE=always cargo test

# Every sheet of every language, edition and paper as small pictures on one page
contact-sheet out="out/contact":
    bash docs/pictures/contact-sheet {{out}}

# Make the pictures of the README anew
pictures:
    bash docs/pictures/make
