//! Where an answer names things, and where it says what went wrong with each.

use tidegate_wire::kafka::codec::{Field, StructSchema, Tree, Value, field as f};

use crate::bench::id_of;

/// A path of arrays in an answer, the name in one of its levels and the error in the last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    pub(crate) arrays: &'static [Field],
    /// Which of the arrays has the name; `None` where elements have none and only their order tells.
    pub(crate) named: Option<usize>,
    pub(crate) name: Field,
    pub(crate) error: Field,
    /// A name that the first level has beside.
    pub(crate) around: Option<(Field, &'static str)>,
}

pub(crate) const fn shape(arrays: &'static [Field], name: Field) -> Shape {
    Shape { arrays, named: Some(0), name, error: f::ERROR_CODE, around: None }
}

impl Shape {
    pub(crate) const fn nameless(self) -> Self {
        Self { named: None, ..self }
    }

    pub(crate) const fn error(self, error: Field) -> Self {
        Self { error, ..self }
    }

    /// The name is one level further in.
    pub(crate) const fn inside(self, field: Field, name: &'static str) -> Self {
        Self { named: Some(1), around: Some((field, name)), ..self }
    }

    /// Every name in the answer with its error, in order.
    pub(crate) fn read(&self, answer: &Tree) -> Vec<(String, i64)> {
        let mut found = Vec::new();
        self.level(answer, 0, "", &mut found);
        found
    }

    fn level(&self, tree: &Tree, level: usize, name: &str, found: &mut Vec<(String, i64)>) {
        let Some(array) = self.arrays.get(level) else {
            return found.push((name.to_owned(), tree.int(self.error).unwrap()));
        };
        for element in tree.structs(*array) {
            let name = if self.named == Some(level) { name_in(element, self.name) } else { name.to_owned() };
            self.level(element, level + 1, &name, found);
        }
    }

    /// The answer of a broker that found nothing wrong with `names`.
    pub(crate) fn write(&self, root: &'static StructSchema, version: i16, names: &[&str]) -> Tree {
        self.write_level(root, version, 0, names)
    }

    fn write_level(&self, schema: &'static StructSchema, version: i16, level: usize, names: &[&str]) -> Tree {
        let mut tree = Tree::new();
        if let Some(records) = schema.field(f::RECORDS).filter(|field| field.versions.contains(version)) {
            let null = records.nullable.contains(version);
            tree.set(records.field, if null { Value::Null } else { Value::Bytes(Default::default()) });
        }
        if self.name == f::KEY && level == 1 {
            tree.set(f::NODE_ID, 1);
        }
        let Some(array) = self.arrays.get(level) else { return tree };
        let inner = schema.field(*array).unwrap().kind.structure().unwrap();
        let one = [""];
        let elements = match self.named {
            Some(named) if named == level => names,
            Some(named) if named < level => &one,
            Some(_) => &one,
            None if level == 0 => names,
            None => &one,
        };
        let elements = elements.iter().map(|name| {
            let inside = if self.named == Some(level) { &one } else { names };
            let mut element = self.write_level(inner, version, level + 1, inside);
            if self.named == Some(level) {
                set_name(&mut element, inner, version, self.name, name);
            }
            if let (0, Some((field, name))) = (level, self.around) {
                element.set(field, name);
            }
            Value::Struct(element)
        });
        tree.with(*array, Value::Array(elements.collect()))
    }
}

/// The name, also where only the id stands.
fn name_in(element: &Tree, name: Field) -> String {
    match (element.string(name), element.uuid(f::TOPIC_ID)) {
        (Some(name), _) => name.to_owned(),
        (None, Some(id)) => KNOWN.iter().find(|name| id_of(name) == id).map_or("?", |name| *name).to_owned(),
        (None, None) => panic!("{element:?} has no {name}"),
    }
}

/// Names a topic in that version: by name or by id.
pub(crate) fn set_name(
    tree: &mut Tree,
    schema: &'static StructSchema,
    version: i16,
    name: Field,
    text: &str,
) {
    if schema.field(name).is_some_and(|field| field.versions.contains(version)) {
        tree.set(name, text);
    } else {
        tree.set(f::TOPIC_ID, id_of(text));
    }
}

/// The topics that a request of the table may name.
pub(crate) const KNOWN: [&str; 2] = ["ok.topic", "no.topic"];
