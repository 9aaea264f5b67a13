using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using NUglify;
using NUglify.JavaScript;

/// <summary>
/// Makes one small file of each entry in <c>modules/</c> and of what it imports. Another entry stays an import: whatever must be there once belongs to one of them.
/// An entry that stands in another one's file has its own name there and nothing else: two files that a page loads together are one request, and smaller as one.
/// It knows the modules' own style alone: <c>import { a } from './b.js';</c> in a line, exports by declaration or by name, no name twice at the top of two modules.
/// </summary>
public class Bundle : Task
{
    private static readonly Regex Link = new Regex(@"^(import|export) \{ (.+) \} from '\./(.+)';\r?\n", RegexOptions.Multiline);
    private static readonly Regex Declared = new Regex(@"^(export )?(?:async )?(?:const|let|function|class) (\w+)", RegexOptions.Multiline);
    private static readonly Regex Named = new Regex(@"^export \{ (.+) \};\r?\n", RegexOptions.Multiline);
    private static readonly Regex Numbers = new Regex(@"^const (?:[a-z]+[A-Z]\w* = [\d_]+(?:, )?)+;\r?\n", RegexOptions.Multiline);
    private static readonly Regex Number = new Regex(@"(\w+) = ([\d_]+)");
    private static readonly Regex Css = new Regex(@"(?<=const \w+Css = `)[^`]+(?=`;)");

    [Required] public string Modules { get; set; }

    /// <summary>The files to make: each is named as its entry. One that is <c>Inlined</c> is copied into those that import it; one that is <c>In</c> another stands there.</summary>
    [Required] public ITaskItem[] Entries { get; set; }

    public override bool Execute()
    {
        // The file in which each entry is found by those that import it.
        var homes = Entries.Where(entry => entry.GetMetadata("Inlined") != "true").ToDictionary(entry => Path.GetFileName(entry.ItemSpec), entry => entry.GetMetadata("In") is { Length: > 0 } other ? $"{other}.js" : Path.GetFileName(entry.ItemSpec));
        foreach (var entry in Entries) Make(entry.ItemSpec, homes);
        return !Log.HasLoggedErrors;
    }

    private void Make(string to, Dictionary<string, string> homes)
    {
        var name = Path.GetFileName(to);
        var home = homes.TryGetValue(name, out var own) ? own : name;
        var seen = new HashSet<string>();
        var names = new Dictionary<string, string>();
        var imports = new Dictionary<string, SortedSet<string>>();
        var exports = new List<string>();
        var body = new StringBuilder();
        Take(name);
        exports = exports.Distinct().ToList();
        var head = string.Concat(imports.Select(from => $"import {{ {string.Join(", ", from.Value)} }} from './{from.Key}';\n"));
        // In a function, so that its names may be shortened.
        var whole = home != name ? $"export {{ {string.Join(", ", exports)} }} from './{home}';"
            : exports.Count == 0 ? $"{head}(() => {{\n{body}}})();"
            : $"{head}const [{string.Join(", ", exports.Select((_, at) => $"e{at}"))}] = (() => {{\n{body}return [{string.Join(", ", exports)}];\n}})();\nexport {{ {string.Join(", ", exports.Select((one, at) => $"e{at} as {one}"))} }};";
        var small = Uglify.Js(whole, new CodeSettings { InlineSafeStrings = false });
        foreach (var fault in small.Errors.Where(fault => fault.IsError)) Log.LogError($"{name}: {fault}");
        File.WriteAllText(to, small.Code);

        void Take(string module)
        {
            if (!seen.Add(module)) return;
            var text = File.ReadAllText(Path.Combine(Modules, module)).Replace("\r\n", "\n");
            foreach (Match link in Link.Matches(text))
            {
                var from = link.Groups[3].Value;
                var what = link.Groups[2].Value.Split(new[] { ", " }, StringSplitOptions.None);
                if (IsExported(module) && link.Groups[1].Value == "export") exports.AddRange(what);
                if (!homes.TryGetValue(from, out var there) || there == home) Take(from);
                else if (imports.TryGetValue(there, out var known)) known.UnionWith(what);
                else imports[there] = new SortedSet<string>(what, StringComparer.Ordinal);
            }
            text = Link.Replace(text, "");
            // NUglify leaves a name to what is a number: it stands where it is used.
            var numbers = Numbers.Matches(text).Cast<Match>().SelectMany(list => Number.Matches(list.Value).Cast<Match>()).ToDictionary(one => one.Groups[1].Value, one => one.Groups[2].Value);
            if (numbers.Count > 0) text = Regex.Replace(Numbers.Replace(text, ""), $@"(?<![\w.'])({string.Join("|", numbers.Keys)})\b", one => numbers[one.Value]);
            foreach (Match mine in Declared.Matches(text))
            {
                if (names.TryGetValue(mine.Groups[2].Value, out var other)) Log.LogError($"{mine.Groups[2].Value} stands at the top of {other} and of {module}: give one of them another name.");
                names[mine.Groups[2].Value] = module;
                if (IsExported(module) && mine.Groups[1].Success) exports.Add(mine.Groups[2].Value);
            }
            if (IsExported(module)) foreach (Match list in Named.Matches(text)) exports.AddRange(list.Groups[1].Value.Split(new[] { ", " }, StringSplitOptions.None));
            text = Named.Replace(text, "");
            body.Append(Css.Replace(Regex.Replace(text, "^export ", "", RegexOptions.Multiline), css => Uglify.Css(css.Value).Code));
        }

        bool IsExported(string module) => module == name || (home == name && homes.TryGetValue(module, out var there) && there == home);
    }
}
