import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene with its ArabicAnalyzer and BM25.
 *
 * `index TEXTS FOLDER`: lines of id, date, outlet, author and text between tabs; prints the seconds of the processor and
 * of the wall clock. `query QUERIES FOLDER TOP COLD PASSES CPU`: lines of kind, first day, last day and words between tabs;
 * prints lines of a measurement's name and its milliseconds.
 */
public final class LuceneRun {
    private static final Analyzer ANALYZER = new ArabicAnalyzer();
    private static boolean cpu;

    public static void main(String[] args) throws Exception {
        if (args[0].equals("index")) {
            index(Path.of(args[1]), Path.of(args[2]));
        } else {
            cpu = args[6].equals("True");
            time(Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]),
                    Integer.parseInt(args[5]));
        }
    }

    private static void index(Path texts, Path folder) throws Exception {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        var config = new IndexWriterConfig(ANALYZER).setRAMBufferSizeMB(256);
        try (var directory = FSDirectory.open(folder); var writer = new IndexWriter(directory, config);
                var lines = Files.newBufferedReader(texts)) {
            for (String line; (line = lines.readLine()) != null;) {
                String[] parts = line.split("\t", 5);
                var document = new Document();
                document.add(new StringField("id", parts[0], Field.Store.YES));
                document.add(new IntPoint("date", Integer.parseInt(parts[1])));
                document.add(new StoredField("date", Integer.parseInt(parts[1])));
                document.add(new StringField("outlet", parts[2], Field.Store.YES));
                document.add(new StringField("author", parts[3], Field.Store.YES));
                document.add(new TextField("text", parts[4], Field.Store.YES));
                writer.addDocument(document);
            }
        }
        System.out.printf("%f\t%f%n", (system.getProcessCpuTime() - cpu) / 1e9, (System.nanoTime() - wall) / 1e9);
    }

    private static void time(Path queries, Path folder, int top, int cold, int passes) throws Exception {
        Map<String, List<String[]>> kinds = new LinkedHashMap<>();
        for (String line : Files.readAllLines(queries)) {
            String[] parts = line.split("\t", 4);
            kinds.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(parts);
        }
        try (var directory = FSDirectory.open(folder)) {
            for (var some : kinds.values()) {
                for (String[] asked : some.subList(0, Math.min(cold, some.size()))) {
                    long started = now();
                    try (var reader = DirectoryReader.open(directory)) {
                        say("open", now() - started);
                        say("cold " + asked[0], ask(new IndexSearcher(reader), asked, top));
                    }
                }
            }
            try (var reader = DirectoryReader.open(directory)) {
                var searcher = new IndexSearcher(reader);
                for (var some : kinds.values()) {
                    for (String[] asked : some) {
                        ask(searcher, asked, top);
                        long best = Long.MAX_VALUE;
                        for (int pass = 0; pass < passes; pass++) {
                            best = Math.min(best, ask(searcher, asked, top));
                        }
                        say(asked[0], best);
                    }
                }
            }
        }
    }

    private static void say(String name, long nanoseconds) {
        System.out.printf("%s\t%f%n", name, nanoseconds / 1e6);
    }

    /** Nanoseconds from the words to the ids. */
    private static long ask(IndexSearcher searcher, String[] asked, int top) throws Exception {
        long started = now();
        for (ScoreDoc found : searcher.search(query(asked), top).scoreDocs) {
            searcher.storedFields().document(found.doc, java.util.Set.of("id")).get("id");
        }
        return now() - started;
    }

    private static long now() {
        return cpu ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : System.nanoTime();
    }

    private static Query query(String[] asked) throws Exception {
        if (asked[0].equals("prefix")) {
            return new PrefixQuery(new Term("text", asked[3]));
        }
        List<Query> words = new ArrayList<>();
        var phrase = new PhraseQuery.Builder();
        try (TokenStream tokens = ANALYZER.tokenStream("text", asked[3])) {
            var word = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                words.add(new TermQuery(new Term("text", word.toString())));
                phrase.add(new Term("text", word.toString()));
            }
            tokens.end();
        }
        var all = new BooleanQuery.Builder();
        switch (asked[0]) {
            case "phrase", "stem phrase":
                return phrase.build();
            case "and2", "mix all":
                words.forEach(word -> all.add(word, Occur.MUST));
                break;
            case "not":
                all.add(words.get(0), Occur.MUST);
                words.subList(1, words.size()).forEach(word -> all.add(word, Occur.MUST_NOT));
                break;
            case "month", "year":
                words.forEach(word -> all.add(word, Occur.MUST));
                all.add(IntPoint.newRangeQuery("date", Integer.parseInt(asked[1]), Integer.parseInt(asked[2])),
                        Occur.FILTER);
                break;
            default:
                words.forEach(word -> all.add(word, Occur.SHOULD));
        }
        return all.build();
    }
}
