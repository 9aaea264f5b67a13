using System.Text;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>Turns the text of a search field into an FTS5 query. Every word must occur, each as a prefix; a phrase in quotes must occur literally.</summary>
internal static class SearchText
{
    // Further words cost time and hardly narrow the result.
    private const int MaxWords = 10;

    /// <returns>Null when the text has no letter, digit or emoji: then nothing can be found.</returns>
    public static string? ToQuery(string text)
    {
        var query = new StringBuilder();
        var words = 0;
        // Every second part is between quotes; an unpaired last quote begins a phrase that is still being typed.
        foreach (var (i, part) in SearchFolding.Fold(text).Split('"').Index())
        {
            string[] found = i % 2 == 1 ? [part] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in found.Where(w => w.EnumerateRunes().Any(SearchFolding.IsPartOfWord)))
            {
                if (++words > MaxWords) return query.ToString();
                // FTS5 knows no operators within quotes, so all input is plain text. A NUL would end the query.
                query.Append(query.Length > 0 ? " " : "").Append('"').Append(word.Replace('\0', ' ')).Append('"');
                if (i % 2 == 0) query.Append('*');
            }
        }
        return query.Length > 0 ? query.ToString() : null;
    }
}
