using System.Text;

namespace NotifyDashboard.Storage.Sqlite;

/// <summary>What somebody types into a search field, as an FTS5 query: words that all have to be there, each as it starts; a phrase in quotes as it stands.</summary>
internal static class SearchText
{
    // More would cost time and find nothing more.
    private const int MaxWords = 10;

    /// <returns>Null when there is no letter, digit or emoji in it: nothing can be found then.</returns>
    public static string? ToQuery(string text)
    {
        var query = new StringBuilder();
        var words = 0;
        // Every second part stands between quotes; an odd quote at the end opens a phrase that is still being typed.
        foreach (var (i, part) in SearchFolding.Fold(text).Split('"').Index())
        {
            string[] found = i % 2 == 1 ? [part] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            foreach (var word in found.Where(w => w.EnumerateRunes().Any(SearchFolding.IsPartOfWord)))
            {
                if (++words > MaxWords) return query.ToString();
                // Within quotes FTS5 knows no operators: whatever is typed is text. A NUL would end the query.
                query.Append(query.Length > 0 ? " " : "").Append('"').Append(word.Replace('\0', ' ')).Append('"');
                if (i % 2 == 0) query.Append('*');
            }
        }
        return query.Length > 0 ? query.ToString() : null;
    }
}
