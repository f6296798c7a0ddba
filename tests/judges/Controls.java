import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the inputs of the script {@code controls} into the folder given: one sound book, books with one fault each,
 * a plain PDF and that PDF cut off. Only the JDK is used, so that the controls run wherever the judges do.
 */
public final class Controls {
    private static final String SOUND_TEXT = "<h1>Sound</h1><p id=\"a\">Text.</p><p id=\"b\">Текст.</p>";

    public static void main(String[] args) throws IOException {
        Path dir = Path.of(args[0]);
        byte[] sound = book(SOUND_TEXT, true);
        Files.write(dir.resolve("sound.epub"), sound);
        Files.write(dir.resolve("truncated.epub"), Arrays.copyOf(sound, sound.length * 2 / 3));
        Files.write(dir.resolve("duplicate-id.epub"), book(SOUND_TEXT.replace("id=\"b\"", "id=\"a\""), true));
        Files.write(dir.resolve("warned.epub"), book(SOUND_TEXT, false));
        byte[] plain = pdf();
        Files.write(dir.resolve("plain.pdf"), plain);
        Files.write(dir.resolve("cut.pdf"), Arrays.copyOf(plain, plain.length / 2));
        Files.writeString(dir.resolve("no.pdf"), "This is not a PDF.\n");
    }

    /** A book of one page; if not {@code sound}, its date has a form that earns a warning and no error. */
    private static byte[] book(String body, boolean sound) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("META-INF/container.xml",
                "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>"
                        + "<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>"
                        + "</rootfiles></container>");
        files.put("EPUB/package.opf",
                "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"uid\">"
                        + "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                        + "<dc:identifier id=\"uid\">urn:example:sound</dc:identifier><dc:title>Sound</dc:title>"
                        + "<dc:language>en</dc:language>"
                        // EPUBCheck asks for a W3C date here and only warns (OPF-053).
                        + "<dc:date>" + (sound ? "2026-01-01" : "1 January 2026") + "</dc:date>"
                        + "<meta property=\"dcterms:modified\">2026-01-01T00:00:00Z</meta></metadata><manifest>"
                        + "<item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\""
                        + " media-type=\"application/xhtml+xml\"/>"
                        + "<item id=\"page\" href=\"page.xhtml\" media-type=\"application/xhtml+xml\"/></manifest>"
                        + "<spine><itemref idref=\"page\"/></spine></package>");
        files.put("EPUB/nav.xhtml", xhtml("<nav epub:type=\"toc\"><ol><li><a href=\"page.xhtml\">Sound</a></li></ol></nav>"));
        files.put("EPUB/page.xhtml", xhtml(body));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            byte[] mimetype = "application/epub+zip".getBytes(StandardCharsets.US_ASCII);
            CRC32 crc = new CRC32();
            crc.update(mimetype);
            ZipEntry first = new ZipEntry("mimetype");
            first.setMethod(ZipEntry.STORED);
            first.setSize(mimetype.length);
            first.setCrc(crc.getValue());
            zip.putNextEntry(first);
            zip.write(mimetype);
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static String xhtml(String body) {
        return "<html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"en\">"
                + "<head><title>Sound</title></head><body>" + body + "</body></html>";
    }

    /** A right PDF 1.7 of one page that says "plain", without tags, metadata or embedded font. */
    private static byte[] pdf() {
        String page = "BT /F 12 Tf 20 20 Td (plain) Tj ET";
        String[] objects = {
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            "<</Length " + page.length() + ">>stream\n" + page + "\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        };
        StringBuilder out = new StringBuilder("%PDF-1.7\n");
        StringBuilder xref = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
        for (int i = 0; i < objects.length; i++) {
            xref.append(String.format("%010d 00000 n \n", out.length()));
            out.append(i + 1).append(" 0 obj\n").append(objects[i]).append("\nendobj\n");
        }
        int start = out.length();
        out.append(xref).append("trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n").append(start).append("\n%%EOF\n");
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
