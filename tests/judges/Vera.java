import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Judges PDF files with veraPDF, many files in one JVM (the JVM and the profiles cost seconds, a file far less).
 *
 * <p>Arguments: FLAVOUR FILE pairs. Flavours are veraPDF's own short names: 1b, 2a, 2b, 3a, 4, ua1 and so on.
 *
 * <p>One line for each pair that conforms, one line for each distinct rule broken by a pair that does not:
 * <pre>
 * ok   TAB flavour TAB file
 * fail TAB flavour TAB file TAB clause-test TAB message
 * </pre>
 * A file that cannot be judged at all (not a PDF, encrypted, an unknown flavour) fails with {@code cannot-judge} in
 * the place of the rule, so that no pair is ever left without a verdict. Exit status: 0 all conform, 1 some do not,
 * 2 wrong arguments.
 */
public final class Vera {
    /** Kept aside before anything of veraPDF runs: whatever a library prints must not get between the verdicts. */
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);

    /** JUL forgets the level of a logger that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Map<PDFAFlavour, ValidationProfile> PROFILES = new TreeMap<>();

    public static void main(String[] args) {
        if (args.length == 0 || args.length % 2 != 0) {
            System.err.println("usage: Vera FLAVOUR FILE [FLAVOUR FILE]...");
            System.exit(2);
        }
        System.setOut(System.err);
        ROOT.setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        boolean clean = true;
        for (int i = 0; i < args.length; i += 2) {
            List<String> faults = faults(args[i], args[i + 1]);
            String pair = args[i] + "\t" + args[i + 1];
            for (String fault : faults) {
                OUT.println("fail\t" + pair + "\t" + fault);
            }
            if (faults.isEmpty()) {
                OUT.println("ok\t" + pair);
            }
            OUT.flush();
            clean &= faults.isEmpty();
        }
        System.exit(clean ? 0 : 1);
    }

    /** The broken rules of one pair as {@code clause-test TAB message}; none if the file conforms. */
    private static List<String> faults(String name, String file) {
        try {
            PDFAFlavour flavour = PDFAFlavour.byFlavourId(name.toLowerCase(Locale.ROOT));
            if (flavour == PDFAFlavour.NO_FLAVOUR) {
                return List.of("cannot-judge\tunknown flavour " + name);
            }
            // The parser keeps state: with one parser for 2a and ua1 the ids of notes count twice (a false 7.9-2).
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(profile(flavour), false)) {
                return faults(validator.validate(parser));
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError | ExceptionInInitializerError e) {
            // The outer message says only that the file could not be parsed; the reason lies below it.
            String cause = e.getCause() == null ? "" : ": " + e.getCause().getMessage();
            return List.of("cannot-judge\t" + oneLine(e + cause));
        }
    }

    private static List<String> faults(ValidationResult result) {
        Map<String, String> first = new TreeMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String text = assertion.getErrorMessage();
                if (text == null || text.isEmpty()) {
                    text = assertion.getMessage();
                }
                first.putIfAbsent(key(assertion.getRuleId()), text + " at " + assertion.getLocation().getContext());
            }
        }
        List<String> faults = new ArrayList<>();
        // The counts are whole, while the assertions listed above are capped for each rule.
        Map<String, Integer> counts = new TreeMap<>();
        result.getFailedChecks().forEach((rule, count) -> counts.put(key(rule), count));
        counts.forEach((rule, count) -> faults.add(
                rule + "\t" + oneLine(first.getOrDefault(rule, "no message")) + " (" + count + " in all)"));
        // A run that was cut short has proved nothing, whatever it found until then.
        if (faults.isEmpty() && (!result.isCompliant() || result.getJobEndStatus() != JobEndStatus.NORMAL)) {
            faults.add("cannot-judge\tended as " + result.getJobEndStatus() + " without naming a rule");
        }
        return faults;
    }

    private static ValidationProfile profile(PDFAFlavour flavour) throws Exception {
        ValidationProfile known = PROFILES.get(flavour);
        if (known != null) {
            return known;
        }
        String id = flavour.getId().toUpperCase(Locale.ROOT);
        String name = id.startsWith("UA") ? "PDFUA-" + id.substring(2) : "PDFA-" + id;
        try (InputStream in = Vera.class.getResourceAsStream("/org/verapdf/pdfa/validation/" + name + ".xml")) {
            if (in == null) {
                throw new IllegalArgumentException("no profile " + name + " in the jar");
            }
            ValidationProfile profile = Profiles.profileFromXml(in);
            PROFILES.put(flavour, profile);
            return profile;
        }
    }

    private static String key(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").trim();
    }
}
