namespace NotifyDashboard.Components.Kit;

/// <summary>Words that are typed one after another: those that are complete, and the one that is being typed.</summary>
/// <param name="separator">Separates several words in one text; null: a text is one word.</param>
public sealed class WordList(char? separator = null)
{
    private readonly List<string> _words = [];

    public char? Separator => separator;

    /// <summary>The complete words, without duplicates.</summary>
    public IReadOnlyList<string> Words => _words;

    public string Typed { get; set; } = "";

    /// <summary>Whether there is neither a complete word nor a part of one.</summary>
    public bool IsEmpty => _words.Count == 0 && Typed.Length == 0;

    /// <summary>All words, including those that are being typed.</summary>
    public IEnumerable<string> All => _words.Concat(Split(Typed)).Distinct();

    /// <param name="text">One word, or several with the separator between them.</param>
    public void Add(string text) => _words.AddRange(Split(text).Where(word => !_words.Contains(word)).Distinct());

    public void Remove(string word) => _words.Remove(word);

    public void Set(IEnumerable<string> words)
    {
        _words.Clear();
        _words.AddRange(words.Distinct());
    }

    private IEnumerable<string> Split(string text) => (separator is { } end ? text.Split(end) : [text]).Select(word => word.Trim()).Where(word => word.Length > 0);
}
