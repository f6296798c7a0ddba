//! What a file says of itself: the XMP packet and the information dictionary of a PDF/X, always of the same bytes.

use std::fmt::Write;

use lopdf::{Dictionary, Document, Object, StringFormat};
use sha2::{Digest, Sha256};

use crate::profile::Standard;

/// The date of a file that says none, which every PDF/X must have.
const NO_DATE: &str = "D:20000101000000Z";

/// What identifies a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The title.
    pub title: String,
    /// The authors.
    pub author: Option<String>,
    /// When the file it was made of was made, as PDF writes it.
    pub date: String,
    /// A number made of the bytes of the file it was made of.
    pub digest: [u8; 16],
}

impl Identity {
    /// The identity of a file, from its bytes and its own information.
    pub(crate) fn of(document: &Document, bytes: &[u8], name: &str, salt: &[u8]) -> Self {
        let info = document.trailer.get_deref(b"Info", document).ok().and_then(|info| info.as_dict().ok());
        let text = |key: &[u8]| {
            info.and_then(|info| info.get_deref(key, document).ok()).and_then(|text| text.as_str().ok()).map(read_text).filter(|text| !text.trim().is_empty())
        };
        let date = text(b"CreationDate").filter(|date| date.starts_with("D:") && date.len() >= 10 && date[2..10].bytes().all(|byte| byte.is_ascii_digit()));
        let hash = Sha256::new().chain_update(bytes).chain_update(salt).finalize();
        let mut digest = [0; 16];
        digest.iter_mut().zip(hash.iter()).for_each(|(to, from)| *to = *from);
        Self { title: text(b"Title").unwrap_or_else(|| name.to_owned()), author: text(b"Author"), date: date.unwrap_or_else(|| NO_DATE.to_owned()), digest }
    }

    /// The day, for people: `2026-03-01`.
    #[must_use]
    pub fn day(&self) -> String {
        let digits = |from: usize, to: usize| self.date.get(from..to).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("01");
        format!("{}-{}-{}", digits(2, 6), digits(6, 8), digits(8, 10))
    }

    fn moment(&self) -> String {
        let digits = |from: usize, to: usize| self.date.get(from..to).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or("00");
        format!("{}T{}:{}:{}Z", self.day(), digits(10, 12), digits(12, 14), digits(14, 16))
    }

    fn uuid(&self) -> String {
        let hex = self.digest.iter().fold(String::new(), |mut text, byte| {
            // Writing into a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        });
        format!("uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }
}

/// A text string of a PDF: UTF-16 with its mark, UTF-8 with its mark, or nearly Latin-1 (ISO 32000-1, 7.9.2).
pub(crate) fn read_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        other => other.iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn written_text(text: &str) -> Object {
    if text.is_ascii() {
        return Object::string_literal(text);
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), StringFormat::Hexadecimal)
}

/// The information dictionary of a file that is made into another one.
pub(crate) fn dated(title: &str, date: &str) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", written_text(title));
    info.set("CreationDate", Object::string_literal(date));
    info
}

/// The information dictionary.
pub(crate) fn information(identity: &Identity, standard: Standard) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", written_text(&identity.title));
    if let Some(author) = &identity.author {
        info.set("Author", written_text(author));
    }
    info.set("Creator", Object::string_literal(PROGRAM));
    info.set("Producer", Object::string_literal(PROGRAM));
    info.set("CreationDate", Object::string_literal(identity.date.as_str()));
    info.set("ModDate", Object::string_literal(identity.date.as_str()));
    info.set("Trapped", "False");
    match standard {
        Standard::X4 => info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-4")),
        Standard::X1a => {
            info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1:2001"));
            info.set("GTS_PDFXConformance", Object::string_literal("PDF/X-1a:2001"));
        }
        Standard::Pdf13 | Standard::Pdf14 => {}
    }
    info
}

const PROGRAM: &str = concat!("diglot ", env!("CARGO_PKG_VERSION"));

/// The XMP packet.
pub(crate) fn packet(identity: &Identity, standard: Standard) -> String {
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").chars().filter(|c| !c.is_control()).collect::<String>();
    let moment = identity.moment();
    let uuid = identity.uuid();
    let version = match standard {
        Standard::X4 => "   <pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>\n",
        Standard::X1a => {
            "   <pdfx:GTS_PDFXVersion>PDF/X-1:2001</pdfx:GTS_PDFXVersion>\n   <pdfx:GTS_PDFXConformance>PDF/X-1a:2001</pdfx:GTS_PDFXConformance>\n"
        }
        Standard::Pdf13 | Standard::Pdf14 => "",
    };
    let author = identity
        .author
        .as_ref()
        .map(|author| format!("   <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escape(author)))
        .unwrap_or_default();
    let title = escape(&identity.title);
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfx="http://ns.adobe.com/pdfx/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
{author}   <xmp:CreatorTool>{PROGRAM}</xmp:CreatorTool>
   <xmp:CreateDate>{moment}</xmp:CreateDate>
   <xmp:ModifyDate>{moment}</xmp:ModifyDate>
   <xmp:MetadataDate>{moment}</xmp:MetadataDate>
   <xmpMM:DocumentID>{uuid}</xmpMM:DocumentID>
   <xmpMM:InstanceID>{uuid}</xmpMM:InstanceID>
   <xmpMM:VersionID>1</xmpMM:VersionID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
   <pdf:Producer>{PROGRAM}</pdf:Producer>
   <pdf:Trapped>False</pdf:Trapped>
{version}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"#,
        bom = '\u{feff}'
    )
}
