//! The fixed names of the interface: what a request can choose. Their words in each language are content.

pub mod keys;
pub mod sections;

use serde::{Deserialize, Serialize};

/// Makes a closed list of names: parsing, printing and listing come from one place.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        pub enum $name { $(#[serde(rename = $text)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub const NAMES: &'static [&'static str] = &[$($text),+];

            /// The name as users write it.
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            pub fn from_name(name: &str) -> Option<$name> {
                match name { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

choice! {
    /// A treated part of the body.
    Region {
        Jaw = "jaw", Neck = "neck", Shoulder = "shoulder", UpperBack = "upper-back", MidBack = "mid-back",
        Chest = "chest", Ribs = "ribs", LowerBack = "lower-back", Hip = "hip", Glute = "glute",
        Thigh = "thigh", Hamstring = "hamstring", Knee = "knee", Calf = "calf", Ankle = "ankle", Foot = "foot",
        UpperArm = "upper-arm", Elbow = "elbow", Forearm = "forearm", Wrist = "wrist", Hand = "hand",
    }
}

choice! {
    /// How strong the session was.
    Intensity { Light = "light", Moderate = "moderate", Intense = "intense" }
}

choice! {
    /// What the patient does: it says what "hard activity" means for them.
    Activity { Desk = "desk", Manual = "manual", Running = "running", Lifting = "lifting", Sport = "sport" }
}

choice! {
    /// What makes a patient's advice different.
    Precaution {
        BloodThinners = "blood-thinners", FluidLimit = "fluid-limit", Pregnancy = "pregnancy",
        Faints = "faints", Immune = "immune",
    }
}

choice! {
    /// A span of time of the advice, as protocol and texts name it. A protocol has each of them, no more and no fewer.
    WindowName {
        Rest = "rest", HardExercise = "hard_exercise", SorenessStarts = "soreness_starts", Soreness = "soreness",
        Fatigue = "fatigue", ExtraWater = "extra_water", AlcoholCaffeine = "alcohol_caffeine",
        CallIfSoreAfter = "call_if_sore_after", NormalRoutine = "normal_routine",
    }
}

choice! {
    /// A style of the same sheet.
    Edition { Standard = "standard", LargePrint = "large-print", InkSaver = "ink-saver" }
}

choice! {
    /// Paper size.
    Paper { Letter = "letter", A4 = "a4" }
}

choice! {
    /// How a brochure is folded.
    Fold { Tri = "tri", Half = "half" }
}

choice! {
    /// Who prints a brochure.
    Purpose { Office = "office", Press = "press" }
}

/// The part of a request that a preset fixes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PresetRequest {
    pub regions: Vec<Region>,
    pub intensity: Option<Intensity>,
    pub activity: Option<Activity>,
    pub precautions: Vec<Precaution>,
    pub rest_hours: Option<u32>,
    pub stretches: Option<Vec<String>>,
    pub exercises: Option<Vec<String>>,
    pub edition: Option<Edition>,
    pub paper: Option<Paper>,
}
