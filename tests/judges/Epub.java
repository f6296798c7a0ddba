import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Judges EPUB files with EPUBCheck, many books in one JVM (the first costs seconds, each further one a fraction).
 *
 * <p>Arguments: the books. For each message of the severities warning, error and fatal, and then for each book:
 * <pre>
 * error|warning|fatal TAB file TAB ID TAB path:line:col TAB message
 * ok|fail TAB file TAB errors TAB warnings
 * </pre>
 * Fatal messages count as errors, and a warning fails a book too. Line and column are -1 where there are none.
 * Exit status: 0 all books are ok, 1 some are not, 2 wrong arguments.
 */
public final class Epub {
    /** Kept aside before EPUBCheck runs: whatever it prints by itself must not get between the verdicts. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        if (args.length == 0) {
            System.err.println("usage: Epub BOOK...");
            System.exit(2);
        }
        System.setOut(System.err);
        // The messages are compared by tests and must not follow the language of the machine.
        Locale.setDefault(Locale.ENGLISH);
        boolean clean = true;
        for (String book : args) {
            clean &= judge(book);
            OUT.flush();
        }
        System.exit(clean ? 0 : 1);
    }

    private static boolean judge(String book) {
        Lines report = new Lines(book);
        report.setLocale(Locale.ENGLISH);
        int status = 0;
        try {
            status = new EpubCheck(new File(book), report).doValidate();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            report.line("fatal", "cannot-judge", book + ":-1:-1", e.toString());
        }
        // The status is a second witness beside the messages: 1 stands for warnings, more for errors.
        boolean ok = report.errors == 0 && report.warnings == 0 && status == 0;
        OUT.println((ok ? "ok" : "fail") + "\t" + book + "\t" + report.errors + "\t" + report.warnings);
        return ok;
    }

    /** Writes each message as a line at once; the counts are of what was written. */
    private static final class Lines extends MasterReport {
        private final String book;
        private int errors;
        private int warnings;

        Lines(String book) {
            this.book = book;
            setEpubFileName(book);
        }

        void line(String severity, String id, String place, String text) {
            if (severity.equals("warning")) {
                warnings++;
            } else {
                errors++;
            }
            String oneLine = text.replaceAll("\\s+", " ").trim();
            OUT.println(severity + "\t" + book + "\t" + id + "\t" + place + "\t" + oneLine);
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... args) {
            Severity severity = message.getSeverity();
            if (severity == Severity.WARNING || severity == Severity.ERROR || severity == Severity.FATAL) {
                line(severity.name().toLowerCase(Locale.ROOT), message.getID().toString(),
                        place.getPath() + ":" + place.getLine() + ":" + place.getColumn(), message.getMessage(args));
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {
            // What a book has (its fonts, its languages) is no fault.
        }

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {
            // Nothing is kept between books.
        }
    }
}
