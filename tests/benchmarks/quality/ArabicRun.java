import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;

/** Lucene's ArabicAnalyzer with BM25: reads `id TAB text` lines of documents and queries, prints a TREC run. */
public final class ArabicRun {
    public static void main(String[] args) throws Exception {
        Analyzer analyzer = new ArabicAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity(1.2f, 0.75f));
        try (IndexWriter writer = new IndexWriter(directory, config)) {
            for (String line : lines(args[0])) {
                String[] parts = line.split("\t", 2);
                Document document = new Document();
                document.add(new StringField("id", parts[0], Field.Store.YES));
                document.add(new TextField("text", parts[1], Field.Store.NO));
                writer.addDocument(document);
            }
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
        searcher.setSimilarity(new BM25Similarity(1.2f, 0.75f));
        QueryParser parser = new QueryParser("text", analyzer);
        StringBuilder out = new StringBuilder();
        for (String line : lines(args[1])) {
            String[] parts = line.split("\t", 2);
            ScoreDoc[] found = searcher.search(parser.parse(QueryParser.escape(parts[1])), 100).scoreDocs;
            for (int rank = 0; rank < found.length; rank++) {
                String id = searcher.storedFields().document(found[rank].doc).get("id");
                out.append(parts[0]).append(" Q0 ").append(id).append(' ').append(rank + 1).append(' ')
                        .append(found[rank].score).append(" lucene\n");
            }
        }
        System.out.print(out);
    }

    private static List<String> lines(String name) throws Exception {
        Path path = Paths.get(name);
        return Files.readAllLines(path);
    }
}
