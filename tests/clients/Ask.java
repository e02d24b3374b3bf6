import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** java Ask.java ENDPOINT QUERY: the answer in tab-separated values, with nothing but what Java brings. */
public class Ask {
    public static void main(String[] arguments) throws Exception {
        String form = "query=" + URLEncoder.encode(arguments[1], StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(arguments[0]))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "text/tab-separated-values")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(answer.body());
    }
}
