using System.CommandLine;
using System.CommandLine.Parsing;
using MesoLiMg.Model;

namespace MesoLiMg.Cli.Commands;

/// <summary>
/// What is wrong with a command line, in words that are not those of the language the program is written in.
/// </summary>
internal static class ArgumentErrors
{
    /// <summary>The message of an error, on one line.</summary>
    public static string Message(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Option: var option, Tokens: [{ Value: var value }, ..] } when error.Message.Contains(
            option.ValueType.ToString()) => $"{option.Name} {Words.OneLine(value)}: expected {Kind(option.ValueType)}",
        _ => Words.OneLine(error.Message),
    };

    /// <summary>
    /// What an empty word, as a variable that is not set leaves it, was to be; null where there is none. No command has
    /// a use for one, and as the name of a folder it would stand for the one that people are in.
    /// </summary>
    public static string? Empty(IReadOnlyList<string> arguments)
    {
        var at = arguments.ToList().FindIndex(string.IsNullOrWhiteSpace);
        return at < 0 ? null : $"{(at > 0 && arguments[at - 1].StartsWith('-') ? $"the value of {arguments[at - 1]}" : $"word {at + 1} of the command line")} is empty; is a variable not set?";
    }

    /// <summary>
    /// A number with a comma, which would be taken for thousands: <c>--warp 0,5</c> for 5; null where there is none.
    /// </summary>
    public static string? Comma(ParseResult parsed)
    {
        var numbers = parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(option => option.Option.ValueType == typeof(double) || option.Option.ValueType == typeof(double?));
        foreach (var option in numbers)
            if (option.Tokens.FirstOrDefault(token => token.Value.Contains(',')) is { } token)
                return $"{option.Option.Name} {Words.OneLine(token.Value)}: has a comma; decimals take a point, 0.5";
        return null;
    }

    private static string Kind(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) => "a whole number",
        var number when number == typeof(double) => "a number",
        var choice when choice == typeof(bool) => "true or false",
        _ => "another value",
    };
}
