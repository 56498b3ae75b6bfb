//! Reads a finished PDF back as an assistive program does: the structure tree, the content that it names, the
//! characters that the fonts give, and all the links between them, both ways.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

pub struct Reader {
    pub document: Document,
    pages: Vec<ObjectId>,
    contents: Vec<PageContent>,
}

/// What a page draws: the text of each MCID, in order of drawing, and what is wrong with its operators.
#[derive(Default)]
struct PageContent {
    texts: BTreeMap<i64, String>,
    faults: Vec<String>,
}

/// An element as it is read out, in order.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    pub role: String,
    pub alt: Option<String>,
    /// Its own content, without its children's.
    pub text: String,
}

/// What the walk over the tree finds.
#[derive(Default)]
struct Walk {
    /// Page and MCID, or the annotation, with the element that holds it.
    contents: BTreeMap<(ObjectId, i64), ObjectId>,
    annotations: BTreeMap<ObjectId, ObjectId>,
    told: Vec<Told>,
    faults: Vec<String>,
    seen: BTreeSet<ObjectId>,
}

impl Reader {
    pub fn open(bytes: &[u8]) -> Reader {
        let document = Document::load_mem(bytes).expect("lopdf reads the file");
        let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
        let mut reader = Reader { document, pages, contents: Vec::new() };
        reader.contents = reader.pages.iter().map(|page| reader.content(*page)).collect();
        reader
    }

    /// The elements in reading order.
    pub fn told(&self) -> Vec<Told> {
        self.walk().told
    }

    /// The XMP packet.
    pub fn metadata(&self) -> String {
        let catalogue = self.document.catalog().expect("a catalogue");
        let packet = catalogue.get(b"Metadata").and_then(Object::as_reference).expect("metadata");
        let packet = self.document.get_object(packet).and_then(Object::as_stream).expect("a stream");
        let text = packet.decompressed_content().unwrap_or_else(|_| packet.content.clone());
        let text = String::from_utf8(text).expect("UTF-8");
        assert!(text.contains("<?xpacket"), "{text}");
        text
    }

    /// All words that are read out.
    pub fn words(&self) -> Vec<String> {
        let inline = |role: &str| ["Link", "Span"].contains(&role.trim_start_matches('/'));
        let mut text = String::new();
        for told in self.told() {
            if !inline(&told.role) && !told.role.starts_with('/') {
                text.push('\n');
            }
            text.push_str(&told.text);
        }
        words(&text)
    }

    /// Everything that does not fit together.
    pub fn faults(&self) -> Vec<String> {
        let walk = self.walk();
        let parents = self.parent_tree();
        let mut faults = walk.faults.clone();
        for (index, (page, content)) in self.pages.iter().zip(&self.contents).enumerate() {
            faults.extend(content.faults.iter().map(|fault| format!("page {}: {fault}", index + 1)));
            self.compare_page(*page, content, &walk, &parents, &mut faults);
            self.compare_annotations(*page, &walk, &parents, &mut faults);
        }
        faults.extend(self.catalogue_faults());
        faults.extend(self.width_faults());
        faults
    }

    fn compare_page(
        &self,
        page: ObjectId,
        content: &PageContent,
        walk: &Walk,
        parents: &BTreeMap<i64, Object>,
        faults: &mut Vec<String>,
    ) {
        let dictionary = self.dictionary(page);
        if dictionary.get(b"Tabs").ok().and_then(|tabs| tabs.as_name().ok()) != Some(b"S") {
            faults.push("a page without Tabs S".into());
        }
        let key = dictionary.get(b"StructParents").and_then(Object::as_i64);
        let owners = key.ok().and_then(|key| parents.get(&key)).and_then(|owners| owners.as_array().ok());
        let Some(owners) = owners else {
            faults.push("a page without an entry in the parent tree".into());
            return;
        };
        let named: BTreeSet<i64> =
            walk.contents.keys().filter(|(on, _)| *on == page).map(|(_, id)| *id).collect();
        let drawn: BTreeSet<i64> = content.texts.keys().copied().collect();
        for id in drawn.difference(&named) {
            faults.push(format!("MCID {id} belongs to no element"));
        }
        for id in named.difference(&drawn) {
            faults.push(format!("an element names MCID {id}, which is not drawn"));
        }
        if owners.len() != drawn.len() {
            faults.push(format!("{} parents for {} pieces of content", owners.len(), drawn.len()));
        }
        for (id, owner) in (0..).zip(owners) {
            if owner.as_reference().ok().as_ref() != walk.contents.get(&(page, id)) {
                faults.push(format!("the parent tree names another element for MCID {id}"));
            }
        }
    }

    fn compare_annotations(
        &self,
        page: ObjectId,
        walk: &Walk,
        parents: &BTreeMap<i64, Object>,
        faults: &mut Vec<String>,
    ) {
        let annotations =
            self.dictionary(page).get(b"Annots").and_then(Object::as_array).cloned().unwrap_or_default();
        for annotation in annotations.iter().filter_map(|annotation| annotation.as_reference().ok()) {
            let dictionary = self.dictionary(annotation);
            let owner = walk.annotations.get(&annotation);
            let key = dictionary.get(b"StructParent").and_then(Object::as_i64).ok();
            let parent = key.and_then(|key| parents.get(&key)).and_then(|parent| parent.as_reference().ok());
            if owner.is_none() {
                faults.push("an annotation without an element".into());
            }
            if owner != parent.as_ref() {
                faults.push("the parent tree names another element for an annotation".into());
            }
            if text(dictionary, b"Contents").is_none_or(|text| text.trim().is_empty()) {
                faults.push("an annotation without Contents".into());
            }
            if dictionary.get(b"F").and_then(Object::as_i64).unwrap_or(0) & 4 == 0 {
                faults.push("an annotation that is not printed".into());
            }
        }
    }

    fn catalogue_faults(&self) -> Vec<String> {
        let catalogue = self.document.catalog().expect("a catalogue");
        let mut faults = Vec::new();
        let mut need = |what: &str, there: bool| {
            if !there {
                faults.push(format!("the catalogue lacks {what}"));
            }
        };
        let inner = |outer: &[u8], key: &[u8]| {
            catalogue.get(outer).and_then(Object::as_dict).and_then(|dictionary| dictionary.get(key)).cloned()
        };
        need("Lang", text(catalogue, b"Lang").is_some_and(|lang| !lang.is_empty()));
        need("MarkInfo", inner(b"MarkInfo", b"Marked").is_ok_and(|on| on == Object::Boolean(true)));
        let shown = inner(b"ViewerPreferences", b"DisplayDocTitle");
        need("DisplayDocTitle", shown.is_ok_and(|on| on == Object::Boolean(true)));
        for key in ["Metadata", "OutputIntents", "StructTreeRoot", "Outlines", "PageLabels"] {
            need(key, catalogue.has(key.as_bytes()));
        }
        faults
    }

    /// `/W` against `hmtx` of the embedded program.
    fn width_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for object in self.document.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if !font.has(b"CIDToGIDMap") {
                continue;
            }
            let descriptor = self
                .deref(font.get(b"FontDescriptor").expect("a descriptor"))
                .as_dict()
                .expect("a dictionary");
            let program =
                self.deref(descriptor.get(b"FontFile2").expect("a program")).as_stream().expect("a stream");
            let program = program.decompressed_content().expect("a readable program");
            let units = u16_at(table(&program, b"head"), 18) as f32;
            let (hhea, hmtx) = (table(&program, b"hhea"), table(&program, b"hmtx"));
            let long = usize::from(u16_at(hhea, 34));
            let widths = font.get(b"W").and_then(Object::as_array).expect("widths");
            let first = widths[0].as_i64().expect("a code") as usize;
            for (offset, width) in widths[1].as_array().expect("a list of widths").iter().enumerate() {
                let advance = u16_at(hmtx, 4 * (first + offset).min(long - 1)) as f32 * 1000.0 / units;
                if (advance - width.as_float().expect("a number")).abs() > 0.001 {
                    faults.push(format!("the width of code {} is not its glyph's", first + offset));
                }
            }
        }
        faults
    }

    fn walk(&self) -> Walk {
        let mut walk = Walk::default();
        let catalogue = self.document.catalog().expect("a catalogue");
        let Ok(root) = catalogue.get(b"StructTreeRoot").and_then(Object::as_reference) else {
            walk.faults.push("no structure tree".into());
            return walk;
        };
        for kid in kids(self.dictionary(root)) {
            self.element(&kid, root, &mut walk);
        }
        walk
    }

    fn element(&self, kid: &Object, parent: ObjectId, walk: &mut Walk) {
        let Ok(id) = kid.as_reference() else {
            walk.faults.push("an element that is not an object of its own".into());
            return;
        };
        let element = self.dictionary(id);
        let role = name(element, b"S");
        if !walk.seen.insert(id) {
            walk.faults.push(format!("{role} stands twice in the tree"));
            return;
        }
        if element.get(b"P").and_then(Object::as_reference).ok() != Some(parent) {
            walk.faults.push(format!("{role} names another parent"));
        }
        let alt = text(element, b"Alt");
        if role == "Figure" && alt.as_deref().is_none_or(|alt| alt.trim().is_empty()) {
            walk.faults.push("a Figure without Alt".into());
        }
        let home = element.get(b"Pg").and_then(Object::as_reference).ok();
        let place = walk.told.len();
        walk.told.push(Told { role, alt, text: String::new() });
        for kid in kids(element) {
            self.kid(&kid, (id, home), place, walk);
        }
    }

    fn kid(&self, kid: &Object, (id, home): (ObjectId, Option<ObjectId>), place: usize, walk: &mut Walk) {
        match kid {
            Object::Integer(mcid) => self.mark(home, *mcid, id, place, walk),
            Object::Dictionary(reference) if reference.has(b"MCID") => {
                let page = reference.get(b"Pg").and_then(Object::as_reference).ok().or(home);
                self.mark(
                    page,
                    reference.get(b"MCID").and_then(Object::as_i64).expect("a number"),
                    id,
                    place,
                    walk,
                );
            }
            Object::Dictionary(reference) => {
                let annotation = reference.get(b"Obj").and_then(Object::as_reference).expect("an annotation");
                if walk.annotations.insert(annotation, id).is_some() {
                    walk.faults.push("an annotation with two elements".into());
                }
            }
            kid => {
                self.element(kid, id, walk);
                // What follows a child is told after it.
                let role = format!("/{}", walk.told[place].role);
                walk.told.push(Told { role, alt: None, text: String::new() });
            }
        }
    }

    fn mark(&self, page: Option<ObjectId>, mcid: i64, id: ObjectId, _place: usize, walk: &mut Walk) {
        let Some(page) = page else {
            walk.faults.push(format!("MCID {mcid} on an unknown page"));
            return;
        };
        if walk.contents.insert((page, mcid), id).is_some() {
            walk.faults.push(format!("MCID {mcid} has two elements"));
        }
        let index = self.pages.iter().position(|known| *known == page);
        let text = index.and_then(|index| self.contents[index].texts.get(&mcid));
        if let (Some(text), Some(last)) = (text, walk.told.last_mut()) {
            last.text.push_str(text);
        }
    }

    fn parent_tree(&self) -> BTreeMap<i64, Object> {
        let mut entries = BTreeMap::new();
        let root = self.document.catalog().and_then(|catalogue| catalogue.get(b"StructTreeRoot"));
        let root = root.and_then(Object::as_reference).map(|root| self.dictionary(root));
        let tree = root.and_then(|root| root.get(b"ParentTree"));
        if let Ok(tree) = tree {
            self.number_tree(tree, &mut entries);
        }
        entries
    }

    fn number_tree(&self, node: &Object, entries: &mut BTreeMap<i64, Object>) {
        let node = self.deref(node).as_dict().expect("a node");
        for pair in
            node.get(b"Nums").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default().chunks(2)
        {
            let value = if let Object::Reference(_) = &pair[1] {
                // An array may be an object of its own; an element stays a reference.
                match self.deref(&pair[1]) {
                    array @ Object::Array(_) => array.clone(),
                    _ => pair[1].clone(),
                }
            } else {
                pair[1].clone()
            };
            entries.insert(pair[0].as_i64().expect("a key"), value);
        }
        for kid in node.get(b"Kids").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default() {
            self.number_tree(kid, entries);
        }
    }

    fn content(&self, page: ObjectId) -> PageContent {
        let bytes = self.document.get_page_content(page);
        let operations = Content::decode(&bytes).expect("operators").operations;
        let fonts = self.to_unicode(page);
        let mut state = Marks::default();
        let mut content = PageContent::default();
        let mut font = None;
        for operation in &operations {
            match operation.operator.as_str() {
                "Tf" => font = operation.operands[0].as_name().ok().and_then(|name| fonts.get(name)),
                "BDC" => state.open(&operation.operands, &mut content),
                "BMC" => state.begin(&operation.operands[0]),
                "EMC" => state.close(&mut content),
                "BT" | "ET" => state.text_object(operation.operator == "BT", &mut content),
                "Tj" => state.show(&operation.operands[0..1], font, &mut content),
                "TJ" => {
                    state.show(operation.operands[0].as_array().expect("an array"), font, &mut content);
                }
                "f" | "S" | "B" | "f*" | "B*" | "Do" => state.paint(&mut content),
                _ => {}
            }
        }
        if !state.stack.is_empty() {
            content.faults.push("marked content without an end".into());
        }
        content
    }

    fn to_unicode(&self, page: ObjectId) -> BTreeMap<Vec<u8>, Codes> {
        let resources = self
            .deref(self.dictionary(page).get(b"Resources").expect("resources"))
            .as_dict()
            .expect("a dictionary");
        let fonts = resources.get(b"Font").and_then(Object::as_dict);
        let maps = fonts.into_iter().flat_map(Dictionary::iter).map(|(name, font)| {
            let font = self.deref(font).as_dict().expect("a font");
            let map =
                self.deref(font.get(b"ToUnicode").expect("a ToUnicode map")).as_stream().expect("a stream");
            (name.clone(), parse_to_unicode(&map.decompressed_content().expect("a readable map")))
        });
        maps.collect()
    }

    pub fn dictionary(&self, id: ObjectId) -> &Dictionary {
        self.document.get_object(id).and_then(Object::as_dict).expect("a dictionary")
    }

    fn deref<'a>(&'a self, object: &'a Object) -> &'a Object {
        self.document.dereference(object).expect("an object").1
    }
}

/// Open marked content.
#[derive(Default)]
struct Marks {
    stack: Vec<Mark>,
    in_text: bool,
}

struct Mark {
    artifact: bool,
    mcid: Option<i64>,
    /// Stands for what is drawn inside.
    replaced: bool,
    in_text: bool,
    /// Shown from the last letter to the first.
    reversed: bool,
}

impl Marks {
    fn open(&mut self, operands: &[Object], content: &mut PageContent) {
        let properties = operands[1].as_dict().expect("direct properties");
        let mcid = properties.get(b"MCID").and_then(Object::as_i64).ok();
        let artifact = operands[0].as_name().ok() == Some(b"Artifact");
        if let Some(mcid) = mcid {
            if content.texts.insert(mcid, String::new()).is_some() {
                content.faults.push(format!("MCID {mcid} is drawn twice"));
            }
            if self.stack.iter().any(|mark| mark.artifact || mark.mcid.is_some()) {
                content.faults.push(format!("MCID {mcid} stands inside other content"));
            }
        }
        let actual = text(properties, b"ActualText");
        if let Some(actual) = &actual {
            self.tell(actual, content);
        }
        let (replaced, in_text) = (actual.is_some(), self.in_text);
        self.stack.push(Mark { artifact, mcid, replaced, reversed: false, in_text });
    }

    /// Marked content that says nothing but its tag: letters that stand in the order of the eye (ISO 32000-1 14.8.2.3.3).
    fn begin(&mut self, tag: &Object) {
        let reversed = tag.as_name().ok() == Some(b"ReversedChars");
        let in_text = self.in_text;
        self.stack.push(Mark { artifact: false, mcid: None, replaced: false, reversed, in_text });
    }

    fn close(&mut self, content: &mut PageContent) {
        match self.stack.pop() {
            Some(mark) if mark.in_text != self.in_text => {
                content.faults.push("marked content crosses the border of a text object".into());
            }
            Some(_) => {}
            None => content.faults.push("EMC without BDC".into()),
        }
    }

    fn text_object(&mut self, begins: bool, content: &mut PageContent) {
        if self.in_text == begins {
            content.faults.push("BT and ET do not alternate".into());
        }
        self.in_text = begins;
    }

    fn show(&self, items: &[Object], font: Option<&Codes>, content: &mut PageContent) {
        self.paint(content);
        let strings = items.iter().filter_map(|item| item.as_str().ok());
        let codes = strings.flat_map(|bytes| bytes.chunks(font.map_or(2, |font| font.bytes)));
        let code = |bytes: &[u8]| bytes.iter().fold(0, |code, byte| code << 8 | u16::from(*byte));
        let mut codes: Vec<u16> = codes.map(code).collect();
        if self.stack.iter().any(|mark| mark.reversed) {
            codes.reverse();
        }
        for code in codes {
            match font.and_then(|font| font.said.get(&code)) {
                Some(text) if code > 0 => self.tell(text, content),
                _ => content.faults.push(format!("code {code} says nothing")),
            }
        }
    }

    /// Every mark on the paper is content or artefact.
    fn paint(&self, content: &mut PageContent) {
        if !self.stack.iter().any(|mark| mark.artifact || mark.mcid.is_some()) {
            content.faults.push("something is drawn outside of marked content".into());
        }
    }

    fn tell(&self, text: &str, content: &mut PageContent) {
        if self.stack.iter().any(|mark| mark.replaced) {
            return;
        }
        if let Some(mcid) = self.stack.iter().rev().find_map(|mark| mark.mcid) {
            content.texts.entry(mcid).or_default().push_str(text);
        }
    }
}

pub fn words(text: &str) -> Vec<String> {
    let word = |character: char| character.is_alphanumeric() || "’'".contains(character);
    text.split(|character| !word(character)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn kids(element: &Dictionary) -> Vec<Object> {
    match element.get(b"K") {
        Ok(Object::Array(kids)) => kids.clone(),
        Ok(kid) => vec![kid.clone()],
        Err(_) => Vec::new(),
    }
}

fn name(dictionary: &Dictionary, key: &[u8]) -> String {
    dictionary
        .get(key)
        .and_then(Object::as_name)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .unwrap_or_default()
}

fn text(dictionary: &Dictionary, key: &[u8]) -> Option<String> {
    lopdf::decode_text_string(dictionary.get(key).ok()?).ok()
}

/// What the codes of a font say, and how many bytes each takes.
struct Codes {
    bytes: usize,
    said: BTreeMap<u16, String>,
}

/// The lines `<first> <last> <character>` of a ToUnicode map.
fn parse_to_unicode(map: &[u8]) -> Codes {
    let (mut codes, mut bytes) = (BTreeMap::new(), 2);
    let map = String::from_utf8_lossy(map);
    for line in map.lines().filter(|line| line.starts_with('<')) {
        let fields: Vec<Vec<u16>> = line
            .split(' ')
            .map(|field| {
                let digits = field.trim_matches(['<', '>']).as_bytes();
                digits
                    .chunks(4)
                    .map(|unit| {
                        u16::from_str_radix(std::str::from_utf8(unit).expect("digits"), 16).expect("digits")
                    })
                    .collect()
            })
            .collect();
        bytes = line.find('>').map_or(2, |end| end / 2);
        for code in fields[0][0]..=fields[1][0] {
            let mut units = fields[2].clone();
            *units.last_mut().expect("a character") += code - fields[0][0];
            codes.insert(code, String::from_utf16(&units).expect("a character"));
        }
    }
    Codes { bytes, said: codes }
}

fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> &'a [u8] {
    let count = usize::from(u16_at(font, 4));
    let word = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four bytes")) as usize;
    let record =
        (0..count).map(|index| 12 + index * 16).find(|at| &font[*at..at + 4] == tag).expect("the table");
    &font[word(record + 8)..word(record + 8) + word(record + 12)]
}

fn u16_at(data: &[u8], at: usize) -> u16 {
    u16::from_be_bytes([data[at], data[at + 1]])
}
