//! Thrift's compact form, read as far as is needed to know what a file claims before anything is made of its claims.

/// Nesting, at most: what these files hold has a few levels.
const DEPTH: usize = 24;

/// Bytes that are read on. `None` of its methods: they end too early, or are none of this form.
pub struct Compact<'b> {
    bytes: &'b [u8],
    at: usize,
}

/// What comes next in a struct.
pub struct Field {
    pub number: i16,
    pub kind: u8,
}

const TRUE: u8 = 1;
const FALSE: u8 = 2;
const STRUCT: u8 = 12;

impl<'b> Compact<'b> {
    pub fn new(bytes: &'b [u8]) -> Compact<'b> {
        Compact { bytes, at: 0 }
    }

    /// How many bytes were read.
    pub fn read(&self) -> usize {
        self.at
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    pub fn integer(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The next field of a struct, behind the one of this number; `Some(None)` at its end.
    pub fn field(&mut self, before: i16) -> Option<Option<Field>> {
        let byte = self.byte()?;
        if byte == 0 {
            return Some(None);
        }
        let number = match byte >> 4 {
            0 => i16::try_from(self.integer()?).ok()?,
            step => before.checked_add(i16::from(step))?,
        };
        Some(Some(Field { number, kind: byte & 0x0f }))
    }

    /// The number of elements of a list, and their kind.
    pub fn list(&mut self) -> Option<(u64, u8)> {
        let byte = self.byte()?;
        let count = if byte >> 4 == 15 { self.varint()? } else { u64::from(byte >> 4) };
        Some((count, byte & 0x0f))
    }

    /// Passes over a value.
    pub fn skip(&mut self, kind: u8) -> Option<()> {
        self.skip_within(kind, DEPTH)
    }

    fn skip_within(&mut self, kind: u8, depth: usize) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match kind {
            TRUE | FALSE => {}
            3 => self.pass(1)?,
            4..=6 => drop(self.varint()?),
            7 => self.pass(8)?,
            8 => {
                let length = self.varint()?;
                self.pass(length)?;
            }
            9 | 10 => {
                let (count, kind) = self.list()?;
                self.skip_elements(count, &[kind], depth)?;
            }
            11 => {
                let count = self.varint()?;
                if count > 0 {
                    let kinds = self.byte()?;
                    self.skip_elements(count, &[kinds >> 4, kinds & 0x0f], depth)?;
                }
            }
            STRUCT => {
                let mut number = 0;
                while let Some(field) = self.field(number)? {
                    self.skip_within(field.kind, depth)?;
                    number = field.number;
                }
            }
            _ => return None,
        }
        Some(())
    }

    fn skip_elements(&mut self, count: u64, kinds: &[u8], depth: usize) -> Option<()> {
        for _ in 0..count {
            for kind in kinds {
                match *kind {
                    // As an element, a truth has a byte of its own.
                    TRUE | FALSE => self.pass(1)?,
                    kind => self.skip_within(kind, depth)?,
                }
            }
        }
        Some(())
    }

    fn pass(&mut self, count: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(count).ok()?).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }
}

/// What stands above a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Bytes of what stands above it.
    pub head: usize,
    /// Bytes of the page, in the file and in memory.
    pub packed: i64,
    pub unpacked: i64,
    /// Whether it is the column's dictionary.
    pub is_dictionary: bool,
    pub values: i64,
    /// How its values are written.
    pub encoding: i64,
}

/// Of a page whose head these bytes begin with.
pub fn page(bytes: &[u8]) -> Option<Page> {
    let mut reader = Compact::new(bytes);
    let (mut page, mut number) = (Page { packed: -1, unpacked: -1, ..Page::default() }, 0);
    while let Some(field) = reader.field(number)? {
        match (field.number, field.kind) {
            (2, 4..=6) => page.unpacked = reader.integer()?,
            (3, 4..=6) => page.packed = reader.integer()?,
            // Of data pages of both kinds, and of a dictionary.
            (5, STRUCT) => numbers(&mut reader, &mut page, 2)?,
            (8, STRUCT) => numbers(&mut reader, &mut page, 4)?,
            (7, STRUCT) => {
                page.is_dictionary = true;
                numbers(&mut reader, &mut page, 2)?;
            }
            (_, kind) => reader.skip(kind)?,
        }
        number = field.number;
    }
    page.head = reader.read();
    Some(page)
}

fn numbers(reader: &mut Compact<'_>, page: &mut Page, encoding: i16) -> Option<()> {
    let mut number = 0;
    while let Some(field) = reader.field(number)? {
        match (field.number, field.kind) {
            (1, 4..=6) => page.values = reader.integer()?,
            (at, 4..=6) if at == encoding => page.encoding = reader.integer()?,
            (_, kind) => reader.skip(kind)?,
        }
        number = field.number;
    }
    Some(())
}

/// How many elements the schema of a file claims, by its footer.
pub fn schema_elements(footer: &[u8]) -> Option<u64> {
    let (mut reader, mut number) = (Compact::new(footer), 0);
    while let Some(field) = reader.field(number)? {
        if field.number == 2 {
            return Some(reader.list()?.0);
        }
        reader.skip(field.kind)?;
        number = field.number;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_of_a_page_is_read() {
        // A dictionary of 3 values, 40 bytes packed to 20.
        let head = [0x15, 4, 0x15, 80, 0x15, 40, 0x4c, 0x15, 6, 0x15, 0, 0, 0];
        let wanted = Page { head: 13, packed: 20, unpacked: 40, is_dictionary: true, values: 3, encoding: 0 };
        assert_eq!(page(&head), Some(wanted));
        for length in 0..head.len() {
            assert_eq!(page(&head[..length]), None, "{length} bytes");
        }
    }

    #[test]
    fn claims_are_not_believed() {
        // A list of as many structs as a number holds; text that is longer than all there is; structs in structs.
        let list = [0x39, 0xfc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        let text = [0x38, 0xff, 0xff, 0xff, 0xff, 0x0f];
        let nested = [0x1c; 4000];
        for bytes in [&list[..], &text, &nested, &[0x3d, 0], &[0x0f]] {
            assert_eq!(page(bytes), None);
        }
        assert_eq!(schema_elements(&[0x15, 2, 0x19, 0xfc, 0xff, 0x7f]), Some(16_383));
    }
}
