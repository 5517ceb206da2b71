-- Sends the request that the environment describes, over and over; with BENCH_LINES each one's body or bearer token
-- is the next line of a file.
--   BENCH_METHOD, BENCH_AUTHORIZATION, BENCH_BODY, BENCH_LINES, BENCH_PREFIX (of each line), BENCH_READ (body or bearer)
local prepared, next_one = {}, 0

local function headers(authorization)
    local made = {}
    if authorization then made["Authorization"] = authorization end
    if os.getenv("BENCH_METHOD") ~= "GET" then made["Content-Type"] = "application/x-www-form-urlencoded" end
    return made
end

function init()
    local method, authorization = os.getenv("BENCH_METHOD") or "POST", os.getenv("BENCH_AUTHORIZATION")
    local prefix, read = os.getenv("BENCH_PREFIX") or "", os.getenv("BENCH_READ") or "body"
    local file = os.getenv("BENCH_LINES")
    if not file then
        prepared[1] = wrk.format(method, nil, headers(authorization), os.getenv("BENCH_BODY"))
        return
    end
    for line in io.lines(file) do
        if read == "bearer" then
            prepared[#prepared + 1] = wrk.format(method, nil, headers("Bearer " .. line))
        else
            prepared[#prepared + 1] = wrk.format(method, nil, headers(authorization), prefix .. line)
        end
    end
end

function request()
    next_one = next_one % #prepared + 1
    return prepared[next_one]
end

-- BENCH_COUNT: stop after so many good answers; BENCH_KEEP, BENCH_EVERY: write every so manieth access token to a file.
-- Only then are answers looked at, which costs time.
local limit = tonumber(os.getenv("BENCH_COUNT") or "0")
local every = tonumber(os.getenv("BENCH_EVERY") or "1")
if limit > 0 then
    local good = 0
    local kept = os.getenv("BENCH_KEEP") and io.open(os.getenv("BENCH_KEEP"), "a")
    function response(status, _, answer)
        if status ~= 200 then return end
        good = good + 1
        if kept and good % every == 0 then
            kept:write(answer:match('"access_token"%s*:%s*"([^"]+)"'), "\n")
            kept:flush()
        end
        if good == limit then
            print("reached")
            io.stdout:flush()
            wrk.thread:stop()
        end
    end
end
