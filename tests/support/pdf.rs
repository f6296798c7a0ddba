//! PDFs that are written by hand, object by object, so that they can be wrong in one way each.

/// Objects as a PDF, the first its catalogue.
pub fn pdf(version: &str, objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = format!("%PDF-{version}\n").into_bytes();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n", at + 1).as_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let table = out.len();
    let entries: String = places.iter().map(|place| format!("{place:010} 00000 n \n")).collect();
    let count = objects.len() + 1;
    out.extend_from_slice(
        format!("xref\n0 {count}\n0000000000 65535 f \n{entries}trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n").as_bytes(),
    );
    out
}

/// A stream with its length.
pub fn stream(dict: &str, bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let bytes = bytes.as_ref();
    let mut out = format!("<< {dict} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    out.extend_from_slice(bytes);
    out.extend_from_slice(b"\nendstream");
    out
}

/// The catalogue of the others.
pub const CATALOG: &[u8] = b"<< /Type /Catalog /Pages 2 0 R >>";

/// One page: its content, its resources, what else stands in its dictionary, and objects from the fifth on.
pub fn page(content: &str, resources: &str, page: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        CATALOG.to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!("<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R /Resources << {resources} >> >>").into_bytes(),
        stream("", content),
    ];
    objects.extend(more.iter().cloned());
    pdf("1.7", &objects, "")
}

/// Pages of 148 by 210 mm with 3 mm of bleed, each with its number.
pub fn numbered(count: usize) -> Vec<u8> {
    let [width, height, bleed] = [148.0, 210.0, 3.0].map(|length: f64| length * 72.0 / 25.4);
    let kids: String = (0..count).map(|at| format!("{} 0 R ", 5 + 2 * at)).collect();
    let mut objects = vec![
        CATALOG.to_vec(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>").into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>".to_vec(),
    ];
    for at in 0..count {
        let number = at + 1;
        let content = format!(
            "0.85 g {0} {0} {1} {2} re f 1 g 20 20 {3} {4} re f 0 g BT /F 160 Tf {5} {6} Td ({number}) Tj ET",
            -bleed,
            width + 2.0 * bleed,
            height + 2.0 * bleed,
            width - 40.0,
            height - 40.0,
            width / 2.0 - 45.0 * number.to_string().len() as f64,
            height / 2.0 - 60.0,
        );
        objects.push(stream("", content));
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [{0} {0} {1} {2}] /TrimBox [0 0 {width} {height}] /Resources << /Font << /F 3 0 R >> >> /Contents {3} 0 R >>",
                -bleed,
                width + bleed,
                height + bleed,
                4 + 2 * at
            )
            .into_bytes(),
        );
    }
    pdf("1.6", &objects, "")
}

/// Eight by eight pixels of all kinds of red and green in JPEG 2000, as Pillow writes them without the boxes around.
pub const JPEG_2000: &str = "ff4fff51002f000000000008000000080000000000000000000000080000000800000000000000000003070101070101070101ff52000c00000001000304040001ff5c000d404048\
                             4850484850484850ff90000a0000000000460001ff93c7d404082fc7d404082fcfb40805c9cfc008045fa7e004045f80c7da06000d0209a3ed03000b3d8680c3ea0300221a15a1f5\
                             0180037feb80ffd9";

/// The same picture, which says that it is so many pixels high and wide.
pub fn jpeg_2000(side: u32) -> Vec<u8> {
    let mut bytes = from_hex(JPEG_2000);
    // The ends of the grid, and the size of a tile.
    for at in [8, 12, 24, 28] {
        bytes[at..at + 4].copy_from_slice(&side.to_be_bytes());
    }
    bytes
}

pub fn from_hex(text: &str) -> Vec<u8> {
    text.as_bytes().chunks(2).filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
